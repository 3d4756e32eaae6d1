import { BASE, SOLANA } from '../../domain/network.ts'
import { createAnswerDecoder } from '../answer-decoder.ts'
import { describeError } from '../describe-error.ts'
import type { Gateway, GatewayConfig } from '../gateway.ts'
import { parseCatalogue } from '../parse-catalogue.ts'
import { postJson } from '../post-json.ts'
import { resolveExactly } from '../resolve-model.ts'
import { prepareJumpgateCall } from './jumpgate-body.ts'
import { createJumpgateReader } from './jumpgate-frames.ts'
import { parseJumpgateQuote } from './jumpgate-quote.ts'

const PAID_PATH = '/paid/chat/v2'

/** Ambient's JumpGate: quote, pay `exact` in USDC on Base or Solana, read a tagged stream. `catalogueUrl` lists its models. */
export function createJumpgate(config: GatewayConfig, options: { readonly catalogueUrl: string }): Gateway {
  return {
    config,
    networks: [BASE, SOLANA],
    pricing: 'quote-first',
    sessionHeaderName: null,
    resolveModel: resolveExactly,
    prepare: (body, { defaultMaxTokens }) => prepareJumpgateCall(config.id, body, { defaultMaxTokens }),
    quoteRequest: (call) =>
      postJson(config, `${PAID_PATH}/quote`, {
        body: { ...call.body, max_tool_calls: call.maxToolCalls },
        headers: { accept: 'application/json' },
      }),
    parseQuote: (_call, status, bodyText) => parseJumpgateQuote(status, bodyText),
    paidRequest: (call, quote) =>
      postJson(config, PAID_PATH, {
        body: call.body,
        headers: { ...quote?.headers, accept: 'text/event-stream' },
      }),
    paymentHeaderNames: () => ['PAYMENT-SIGNATURE'],
    createDecoder: (contentType) => createAnswerDecoder(contentType, createJumpgateReader()),
    describeError,
    readHeaders: () => ({ sessionId: null, settlementReference: null }),
    catalogueRequest: () => ({
      method: 'GET',
      url: options.catalogueUrl,
      headers: { accept: 'application/json' },
      body: null,
    }),
    parseCatalogue: (status, bodyText) =>
      parseCatalogue({ gatewayId: config.id, ownedBy: 'ambient', proof: 'ambient' }, status, bodyText),
  }
}
