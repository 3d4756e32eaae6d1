/** The seller's answers in OpenAI's two forms: a stream of chunks, or one completion. */
import { setTimeout as sleep } from 'node:timers/promises'
import { faultNumber } from '../../faults.ts'
import { countTokens } from '../../writer.ts'
import { type ChatBody, countInputTokens } from '../chat-body.ts'
import { openEventStream } from '../event-stream.ts'
import { type Exchange, takeFault } from '../exchange.ts'
import { sendJson } from '../http-server.ts'
import { choiceOf } from '../jumpgate/tagged-stream.ts'
import type { Word } from '../words.ts'

/** Streams chunks, with usage in the last where the client asked for it, then `[DONE]`. */
export async function streamChunks(
  exchange: Exchange,
  body: ChatBody,
  headers: Record<string, string>,
): Promise<void> {
  const { words, rate } = exchange.gateway
  const stream = await openEventStream(exchange, headers)
  const frame = frameOf(exchange, body, 'chat.completion.chunk')
  const first = { index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }
  await stream.send({ ...frame, choices: [first] })
  const said = createSaid()
  for await (const word of words(body, rate, exchange.signal)) {
    const callIndex = said.calls.length
    said.add(word)
    await stream.sendPiece({ ...frame, choices: [choiceOf(word, callIndex)] })
  }
  const options = body.raw.stream_options as { include_usage?: unknown } | undefined
  if (options?.include_usage === true) await stream.send({ ...frame, choices: [], usage: said.usage(body) })
  await stream.send('[DONE]')
  stream.end()
}

/** Sends the whole completion at once, when all of it has been said. */
export async function answerWhole(
  exchange: Exchange,
  body: ChatBody,
  headers: Record<string, string>,
): Promise<void> {
  const { words, rate } = exchange.gateway
  const hang = takeFault(exchange, 'hang')
  if (hang) await sleep(faultNumber(hang, 'ms', 5000), undefined, { signal: exchange.signal }).catch(() => {})
  const said = createSaid()
  for await (const word of words(body, rate, exchange.signal)) said.add(word)
  const message = {
    role: 'assistant',
    content: said.calls.length > 0 ? null : said.text(),
    ...(said.calls.length > 0 ? { tool_calls: said.calls } : {}),
  }
  const choices = [{ index: 0, message, finish_reason: said.finish(), logprobs: null }]
  const frame = frameOf(exchange, body, 'chat.completion')
  sendJson(exchange.response, 200, { ...frame, choices, usage: said.usage(body) }, headers)
}

function frameOf(exchange: Exchange, body: ChatBody, object: string) {
  const id = `chatcmpl-${exchange.bodyHash.slice(0, 24)}`
  return { id, object, created: Math.floor(Date.now() / 1000), model: body.model }
}

/** Gathers what was said. */
function createSaid() {
  let text = ''
  let reasoning = ''
  let finish = 'stop'
  const calls: { id: string; type: 'function'; function: { name: string; arguments: string } }[] = []
  return {
    calls,
    text: () => text,
    finish: () => finish,
    add(word: Word) {
      if (word.kind === 'text') text += word.text
      else if (word.kind === 'reasoning') reasoning += word.text
      else if (word.kind === 'finish') finish = word.reason
      else
        calls.push({
          id: word.id,
          type: 'function',
          function: { name: word.name, arguments: word.arguments },
        })
    },
    usage(body: ChatBody) {
      const prompt_tokens = countInputTokens(body)
      const completion_tokens = countTokens(reasoning) + countTokens(text)
      return { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens }
    },
  }
}
