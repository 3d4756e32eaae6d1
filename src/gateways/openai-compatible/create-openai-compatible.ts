import { ChatError } from '../../domain/errors.ts'
import { PAYMENT_NETWORKS } from '../../domain/network.ts'
import { createAnswerDecoder } from '../answer-decoder.ts'
import { outputLimit, requireSupported, withoutParameters } from '../chat-parameters.ts'
import { describeError } from '../describe-error.ts'
import type { ChatBody, Gateway, GatewayConfig, PreparedCall } from '../gateway.ts'
import { parseCatalogue } from '../parse-catalogue.ts'
import { ACCEPT_EITHER, postJson } from '../post-json.ts'
import { resolveExactly } from '../resolve-model.ts'
import { createOpenAiReader } from './openai-frames-reader.ts'

/** Any OpenAI-shaped service that sells over x402 v2: its first 402 says the price, its answer may stream or come whole. */
export function createOpenAiCompatible(config: GatewayConfig): Gateway {
  return {
    config,
    networks: PAYMENT_NETWORKS,
    pricing: 'offer-first',
    sessionHeaderName: null,
    resolveModel: resolveExactly,
    prepare: (body, { defaultMaxTokens }) => prepareCall(config.id, body, defaultMaxTokens),
    quoteRequest: () => null,
    parseQuote: () => {
      throw new ChatError('quote-failed', { detail: 'This gateway has no quote endpoint' })
    },
    paidRequest: (call) =>
      postJson(config, '/chat/completions', { body: call.body, headers: { accept: ACCEPT_EITHER } }),
    paymentHeaderNames: () => ['PAYMENT-SIGNATURE'],
    createDecoder: (contentType) => createAnswerDecoder(contentType, createOpenAiReader()),
    describeError,
    readHeaders: () => ({ sessionId: null, settlementReference: null }),
    catalogueRequest: () => ({
      method: 'GET',
      url: `${config.baseUrl}/models`,
      headers: { ...config.extraHeaders, accept: 'application/json' },
      body: null,
    }),
    parseCatalogue: (status, bodyText) =>
      parseCatalogue({ gatewayId: config.id, ownedBy: config.name, proof: 'none' }, status, bodyText),
  }
}

/** Keeps the caller's own name for the output limit: some services know only one of the two. */
function prepareCall(gatewayId: string, body: ChatBody, defaultMaxTokens: number): PreparedCall {
  requireSupported(body)
  const maxOutputTokens = outputLimit(body, defaultMaxTokens)
  const stream = body.stream === true
  const kept = withoutParameters(body, ['max_tokens', 'max_completion_tokens', 'stream'])
  const limitName = typeof body.max_completion_tokens === 'number' ? 'max_completion_tokens' : 'max_tokens'
  return {
    gatewayId,
    model: body.model,
    body: { ...kept, [limitName]: maxOutputTokens, stream },
    maxOutputTokens,
    stream,
    settlement: null,
    maxToolCalls: 0,
  }
}
