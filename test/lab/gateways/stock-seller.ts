/** A seller that nobody tuned: the stock `@x402/hono` middleware in front of one route that answers whole. */
import { type ServerType, serve } from '@hono/node-server'
import type { x402Facilitator } from '@x402/core/facilitator'
import { type FacilitatorClient, x402ResourceServer } from '@x402/core/server'
import type { Network } from '@x402/core/types'
import { ExactEvmScheme } from '@x402/evm/exact/server'
import { paymentMiddleware } from '@x402/hono'
import { ExactSvmScheme } from '@x402/svm/exact/server'
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { SOLANA_NETWORK } from '../chains/solana-chain.ts'
import { type GatewayCounters, recordRequest } from '../counters.ts'
import { countTokens, textOfContent, write } from '../writer.ts'
import type { LabServer } from './http-server.ts'
import { sellerPayees, stockSellerPayee } from './payees.ts'

export interface StockSellerDeps {
  facilitator: x402Facilitator
  counters: GatewayCounters
  /** Whether the facilitator settles on Solana too. */
  solana: boolean
}

/** What one answer costs, whatever is asked: $0.002. */
export const stockPrice = 2000n

/** Starts the stock seller on the port. */
export function startStockSeller(port: number, deps: StockSellerDeps): Promise<LabServer> {
  const server = new x402ResourceServer(inProcess(deps.facilitator)).register(
    'eip155:8453',
    new ExactEvmScheme(),
  )
  if (deps.solana) server.register(SOLANA_NETWORK, new ExactSvmScheme())
  const accepts = [accept('eip155:8453', stockSellerPayee)]
  if (deps.solana) accepts.push(accept(SOLANA_NETWORK, sellerPayees[SOLANA_NETWORK]))
  const app = new Hono()
  app.use(cors({ origin: '*', exposeHeaders: ['PAYMENT-REQUIRED', 'PAYMENT-RESPONSE'] }))
  app.use(async (context, next) => {
    const hasPayment = context.req.header('payment-signature') !== undefined
    const { path } = context.req
    const record = recordRequest(deps.counters, {
      ...{ path, at: Date.now(), hasPayment, payer: null, nonce: null, status: 0 },
    })
    await next()
    record.status = context.res.status
    if (hasPayment) deps.counters.paid += 1
    else if (record.status === 402) deps.counters.unpaid402 += 1
    if (hasPayment && record.status === 200) deps.counters.settled += 1
  })
  app.use(paymentMiddleware({ 'POST /v1/chat/completions': { accepts, description: 'Chat' } }, server))
  app.get('/v1/models', (context) =>
    context.json({ object: 'list', data: [{ id: 'stock', object: 'model' }] }),
  )
  app.post('/v1/chat/completions', async (context) => context.json(complete(await context.req.json())))
  return listen(app, port)
}

function accept(network: Network, payTo: string) {
  return { scheme: 'exact', network, payTo, price: '$0.002' }
}

function complete(body: { messages?: { role: string; content: unknown }[]; max_tokens?: number }) {
  const messages = body.messages ?? []
  const written = write({ messages, maxTokens: body.max_tokens ?? 1024 })
  const content = written.text.join('')
  const prompt_tokens = messages.reduce((sum, one) => sum + countTokens(textOfContent(one.content)), 0)
  const completion_tokens = written.text.length
  return {
    id: 'chatcmpl-stock',
    object: 'chat.completion',
    created: Math.floor(Date.now() / 1000),
    model: 'stock',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: written.finishReason }],
    usage: { prompt_tokens, completion_tokens, total_tokens: prompt_tokens + completion_tokens },
  }
}

/** The facilitator as the middleware wants it, without a network between. */
function inProcess(facilitator: x402Facilitator): FacilitatorClient {
  return {
    verify: (payload, requirements) => facilitator.verify(payload, requirements),
    settle: (payload, requirements) => facilitator.settle(payload, requirements),
    getSupported: async () =>
      facilitator.getSupported() as Awaited<ReturnType<FacilitatorClient['getSupported']>>,
  }
}

function listen(app: Hono, port: number): Promise<LabServer> {
  return new Promise((done, fail) => {
    const server: ServerType = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' }, (info) => {
      done({
        port: info.port,
        url: `http://127.0.0.1:${info.port}`,
        close: () =>
          new Promise<void>((closed) => {
            server.close(() => closed())
            if ('closeAllConnections' in server) server.closeAllConnections()
          }),
      })
    })
    server.once('error', fail)
  })
}
