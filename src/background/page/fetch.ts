/** The drop-in `fetch`: an OpenAI client's request, with the headers that mean something here. */
import { SETTLEMENT_MODES } from '../../domain/budget.ts'
import { ChatError } from '../../domain/errors.ts'
import { parseMaxCost } from '../../domain/max-cost.ts'
import { hashAsk } from '../../inference/body-hash.ts'
import type { Ask } from '../../inference/inference.ts'
import { BASE_URL } from '../../protocol/page-messages.ts'
import { chatBodySchema } from '../../protocol/page-schemas.ts'
import { modelViews } from './models-list.ts'
import type { PageHandler } from './page-handler.ts'
import { parsePageJson, requireBodySize } from './parse-page-json.ts'
import { requireParams } from './require-params.ts'
import { runChat } from './run-chat.ts'
import { toChatBody } from './to-chat-body.ts'

export const pageFetch: PageHandler<'fetch'> = async (deps, context, { url, method, headers, body }) => {
  const [address] = url.split(/[?#]/)
  if (address === `${BASE_URL}/models` && method === 'GET') {
    context.sink.head({ status: 200, stream: false, headers: { 'content-type': 'application/json' } })
    const data = (await modelViews(deps, context.hasGrant)).map((model) => ({
      ...{ object: 'model', created: 0 },
      ...model,
    }))
    return context.sink.text(JSON.stringify({ object: 'list', data }))
  }
  if (address !== `${BASE_URL}/chat/completions` || method !== 'POST')
    throw new ChatError('unsupported-parameter', { parameter: `${method} ${url.slice(0, 100)}` })
  const json = parsePageJson(body)
  requireBodySize(json, body)
  const chat = toChatBody(requireParams(chatBodySchema, json))
  const settlement = readSettlement(headers['x-settlement-type'])
  const isRepeat = Number(headers['x-stainless-retry-count'] ?? 0) > 0
  const bodyHash = await hashAsk({ body: chat, settlement })
  return runChat(deps, context, {
    body: chat,
    idempotencyKey: headers['idempotency-key'] || (await context.keyOfRepeat(bodyHash, isRepeat)),
    quoteId: null,
    maxCost: readMaxCost(headers['x402-max-cost']),
    settlement,
  })
}

function readMaxCost(text: string | null | undefined): Ask['maxCost'] {
  if (!text) return null
  const { currency } = parseMaxCost(text)
  return { currency, value: text.slice(0, text.indexOf(' ')) }
}

function readSettlement(text: string | null | undefined): Ask['settlement'] {
  if (!text) return null
  const mode = SETTLEMENT_MODES.find((candidate) => candidate === text.toLowerCase())
  if (!mode) throw new ChatError('invalid-body', { field: 'X-SETTLEMENT-TYPE' })
  return mode
}
