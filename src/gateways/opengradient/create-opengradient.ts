import { ChatError } from '../../domain/errors.ts'
import { BASE, BASE_SEPOLIA } from '../../domain/network.ts'
import { createAnswerDecoder } from '../answer-decoder.ts'
import { describeError } from '../describe-error.ts'
import type { Gateway, GatewayConfig } from '../gateway.ts'
import { postJson } from '../post-json.ts'
import { prepareOpengradientCall, resolveOpengradientModel } from './opengradient-body.ts'
import { createOpengradientReader } from './opengradient-frames.ts'

/** Any bearer is taken, none is refused with 401. Source: the gateway's code. */
const BEARER = 'Bearer x402'
/** Where a settlement leaves its reference, best first. Source: the gateway's code. */
const REFERENCE_HEADERS = ['x-settlement-tx-hash', 'x-settlement-walrus-blob-id', 'x-settlement-job-id']

/** OpenGradient's gateway, both deployments: the 402 says which one answered. Pays `upto` in OPG; a payment may carry a session. */
export function createOpengradient(config: GatewayConfig): Gateway {
  return {
    config,
    networks: [BASE, BASE_SEPOLIA],
    pricing: 'offer-first',
    sessionHeaderName: 'X-Upto-Session',
    resolveModel: resolveOpengradientModel,
    prepare: (body, options) => prepareOpengradientCall(config, body, options),
    quoteRequest: () => null,
    parseQuote: () => {
      throw new ChatError('quote-failed', { detail: 'This gateway has no quote endpoint' })
    },
    paidRequest: (call) =>
      postJson(config, '/v1/chat/completions', {
        body: call.body,
        headers: {
          authorization: BEARER,
          accept: call.body.stream === true ? 'text/event-stream' : 'application/json',
          ...(call.settlement === null ? {} : { 'x-settlement-type': call.settlement }),
        },
      }),
    paymentHeaderNames: ({ permit2 }) =>
      permit2 === 'documented' ? ['X-PAYMENT', 'PAYMENT-SIGNATURE'] : ['PAYMENT-SIGNATURE'],
    createDecoder: (contentType) => createAnswerDecoder(contentType, createOpengradientReader()),
    describeError,
    readHeaders: (headers) => ({
      sessionId: readSession(headers.get('x-upto-session')),
      settlementReference: readReference(headers),
    }),
    catalogueRequest: () => null,
    parseCatalogue: () => null,
  }
}

/** A bearer secret: kept only where it is safe as a header value. */
function readSession(value: string | null): string | null {
  return value !== null && /^[\x21-\x7e]{1,512}$/.test(value) ? value : null
}

function readReference(headers: Headers): string | null {
  for (const name of REFERENCE_HEADERS) {
    const value = headers.get(name)
    if (value !== null && /^[0-9A-Za-z._:/+=-]{1,200}$/.test(value)) return value
  }
  return null
}
