/** Ambient's JumpGate: a free quote, a 402 at the quoted price, a settlement, and a tagged event stream. */
import type { PaymentRequirements } from '@x402/core/types'
import { addresses } from '../chains/addresses.ts'
import { SOLANA_NETWORK, SOLANA_USDC } from '../chains/solana-chain.ts'
import { type ChatBody, readChatBody } from './chat-body.ts'
import { collectPayment } from './collect-payment.ts'
import { answerEarly, type Exchange, openExchange, sendError } from './exchange.ts'
import { type LabServer, sendJson } from './http-server.ts'
import { jumpgateModels } from './jumpgate/models.ts'
import { firstWrongHeader, quoteFor, quoteJson } from './jumpgate/quote.ts'
import { streamTagged } from './jumpgate/tagged-stream.ts'
import { encodeReceipt, type Offer, type ReadPayment } from './pay.ts'
import { jumpgatePayees } from './payees.ts'
import { type GatewayDeps, startGateway } from './start-gateway.ts'

export interface JumpgateDeps extends GatewayDeps {
  /** Solana addresses that may pay the fee of a payment; none: the gateway sells on Base alone. */
  feePayers: readonly string[]
}

/** Output tokens where the body names no limit. */
const defaultOutputTokens = 4096

/** Starts JumpGate on the port. */
export function startJumpgate(port: number, deps: JumpgateDeps): Promise<LabServer> {
  return startGateway(deps, {
    port,
    exposedHeaders: ['PAYMENT-REQUIRED', 'PAYMENT-RESPONSE'],
    async handle(state, request, response) {
      const { method, url } = request
      if (method === 'GET' && url.pathname === '/v1/models') return sendJson(response, 200, jumpgateModels)
      const quoting = url.pathname === '/paid/chat/v2/quote'
      if (method !== 'POST' || !(quoting || url.pathname === '/paid/chat/v2')) {
        return sendError(response, { status: 404, message: 'Not found', type: 'not_found' })
      }
      const exchange = openExchange(state, request, response)
      if (quoting) state.counters.quote += 1
      if (await answerEarly(exchange)) return
      const body = requireBody(exchange)
      if (body === null) return
      if (quoting) sendJson(response, 200, quoteJson(body))
      else await sell({ exchange, body, feePayers: deps.feePayers })
    },
  })
}

interface Sale {
  exchange: Exchange
  body: ChatBody
  feePayers: readonly string[]
}

async function sell(sale: Sale): Promise<void> {
  const { exchange, body } = sale
  const { request, response } = exchange
  if ('max_tool_calls' in body.raw) {
    return sendError(response, {
      status: 400,
      message: 'Unknown field: max_tool_calls',
      type: 'invalid_request_error',
      param: 'max_tool_calls',
    })
  }
  const wrong = firstWrongHeader(body, request.headers)
  if (wrong !== null) {
    response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' })
    response.end(`Invalid header: ${wrong}`)
    return
  }
  const collected = await collectPayment(exchange, offerFor(sale))
  if (collected.kind === 'answered') return
  const headers: Record<string, string> =
    collected.receipt === null ? {} : { 'payment-response': encodeReceipt(collected.receipt) }
  await streamTagged(exchange, body, headers)
}

function requireBody({ request, response }: Exchange): ChatBody | null {
  const read = readChatBody(request.body, defaultOutputTokens)
  const type = 'invalid_request_error'
  if (read.kind === 'error') {
    sendError(response, { status: 400, message: read.message, type, param: read.param })
    return null
  }
  if (jumpgateModels.data.some((model) => model.id === read.body.model)) return read.body
  const message = `The model '${read.body.model}' does not exist.`
  sendError(response, { status: 404, message, type, param: 'model', code: 'model_not_found' })
  return null
}

function offerFor({ exchange, body, feePayers }: Sale): Offer {
  const amount = String(quoteFor(body).amount)
  const base: PaymentRequirements = {
    scheme: 'exact',
    network: 'eip155:8453',
    amount,
    payTo: jumpgatePayees['eip155:8453'],
    maxTimeoutSeconds: 300,
    asset: addresses.baseUsdc,
    extra: { assetTransferMethod: 'eip3009', name: 'USD Coin', version: '2' },
  }
  const resource = { url: `http://${exchange.request.headers.host ?? '127.0.0.1'}/paid/chat/v2` }
  const feePayer = chooseFeePayer(exchange.payment, feePayers)
  if (feePayer === null) return { resource, accepts: [base] }
  const solana: PaymentRequirements = {
    scheme: 'exact',
    network: SOLANA_NETWORK,
    amount,
    payTo: jumpgatePayees[SOLANA_NETWORK],
    maxTimeoutSeconds: 300,
    asset: SOLANA_USDC,
    extra: { feePayer },
  }
  return { resource, accepts: [solana, base] }
}

/** Any of ours for a new offer; the one that the payer was told, when it comes with a payment. */
export function chooseFeePayer(payment: ReadPayment, feePayers: readonly string[]): string | null {
  const named = payment.kind === 'payment' ? payment.payload.accepted.extra?.feePayer : undefined
  if (typeof named === 'string' && feePayers.includes(named)) return named
  return feePayers[Math.floor(Math.random() * feePayers.length)] ?? null
}
