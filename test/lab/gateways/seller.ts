/**
 * An OpenAI-compatible seller, x402 v2, that streams. Under `/only/<network>/v1` it sells on one network; under
 * `/x402-v1/v1` it speaks x402 version 1, and takes no payment there.
 */
import type { Network, PaymentRequirements } from '@x402/core/types'
import { addresses } from '../chains/addresses.ts'
import { SOLANA_NETWORK, SOLANA_USDC } from '../chains/solana-chain.ts'
import { type ChatBody, countInputTokens, readChatBody } from './chat-body.ts'
import { collectPayment } from './collect-payment.ts'
import { answerEarly, type Exchange, openExchange, sendError } from './exchange.ts'
import { type LabServer, sendJson } from './http-server.ts'
import { chooseFeePayer } from './jumpgate.ts'
import { encodeReceipt, type Offer } from './pay.ts'
import { sellerPayees } from './payees.ts'
import { answerWhole, streamChunks } from './seller/answers.ts'
import { sellerModels } from './seller/models.ts'
import { offerV1 } from './seller/offer-v1.ts'
import { type GatewayDeps, startGateway } from './start-gateway.ts'

export interface SellerDeps extends GatewayDeps {
  /** Solana addresses that may pay the fee of a payment; none: it does not sell on Solana. */
  feePayers: readonly string[]
}

/** Starts the seller on the port. */
export function startSeller(port: number, deps: SellerDeps): Promise<LabServer> {
  return startGateway(deps, {
    port,
    exposedHeaders: ['PAYMENT-REQUIRED', 'PAYMENT-RESPONSE', 'X-Request-ID'],
    async handle(state, request, response) {
      const route = readRoute(request.url.pathname)
      if (route?.path === '/v1/models' && request.method === 'GET')
        return sendJson(response, 200, sellerModels)
      if (route?.path !== '/v1/chat/completions' || request.method !== 'POST') {
        return sendError(response, { status: 404, message: 'Not found', type: 'not_found' })
      }
      const exchange = openExchange(state, request, response)
      if (await answerEarly(exchange)) return
      const body = requireBody(exchange)
      if (body === null) return
      if (route.version === 1) return askInVersion1(exchange, body)
      await sell(exchange, body, offerFor(exchange, body, { ...route, feePayers: deps.feePayers }))
    },
  })
}

interface Route {
  path: string
  version: 1 | 2
  /** The one network to sell on; null sells on all. */
  only: string | null
}

function readRoute(pathname: string): Route | null {
  const found = /^(?:\/only\/([^/]+)|(\/x402-v1))?(\/v1\/.+)$/.exec(decodeURIComponent(pathname))
  if (!found?.[3]) return null
  return { path: found[3], version: found[2] === undefined ? 2 : 1, only: found[1] ?? null }
}

async function sell(exchange: Exchange, body: ChatBody, offer: Offer): Promise<void> {
  const collected = await collectPayment(exchange, offer)
  if (collected.kind === 'answered') return
  const headers: Record<string, string> = { 'x-request-id': `req_${exchange.bodyHash.slice(0, 16)}` }
  if (collected.receipt !== null) headers['payment-response'] = encodeReceipt(collected.receipt)
  if (body.stream) await streamChunks(exchange, body, headers)
  else await answerWhole(exchange, body, headers)
}

/** 200 + input + 3 · output, in µUSDC. */
function priceFor(body: ChatBody): string {
  return String(200 + countInputTokens(body) + 3 * body.maxOutputTokens)
}

function offerFor(
  exchange: Exchange,
  body: ChatBody,
  { only, path, feePayers }: Route & { feePayers: readonly string[] },
): Offer {
  const common = { scheme: 'exact', amount: priceFor(body), maxTimeoutSeconds: 120 }
  const accepts: PaymentRequirements[] = [
    {
      ...common,
      network: 'eip155:8453',
      asset: addresses.baseUsdc,
      payTo: sellerPayees['eip155:8453'],
      extra: { name: 'USD Coin', version: '2' },
    },
    {
      ...common,
      network: 'eip155:84532',
      asset: addresses.sepoliaUsdc,
      payTo: sellerPayees['eip155:84532'],
      extra: { name: 'USDC', version: '2' },
    },
  ]
  const feePayer = chooseFeePayer(exchange.payment, feePayers)
  if (feePayer !== null) {
    const network: Network = SOLANA_NETWORK
    accepts.push({
      ...common,
      network,
      asset: SOLANA_USDC,
      payTo: sellerPayees[SOLANA_NETWORK],
      extra: { feePayer },
    })
  }
  return {
    resource: {
      url: `http://${exchange.request.headers.host ?? '127.0.0.1'}${path}`,
      description: 'Chat completions',
      mimeType: 'application/json',
    },
    accepts: only === null ? accepts : accepts.filter((entry) => entry.network === only),
  }
}

function askInVersion1(exchange: Exchange, body: ChatBody): void {
  exchange.gateway.counters.unpaid402 += 1
  const url = `http://${exchange.request.headers.host ?? '127.0.0.1'}${exchange.request.url.pathname}`
  sendJson(exchange.response, 402, offerV1(url, priceFor(body)))
}

function requireBody({ request, response }: Exchange): ChatBody | null {
  const read = readChatBody(request.body, 1024)
  const type = 'invalid_request_error'
  if (read.kind === 'error') {
    sendError(response, { status: 400, message: read.message, type, param: read.param })
    return null
  }
  if (sellerModels.data.some((model) => model.id === read.body.model)) return read.body
  const message = `The model '${read.body.model}' does not exist.`
  sendError(response, { status: 404, message, type, param: 'model', code: 'model_not_found' })
  return null
}
