import type { BudgetRequest, Currency } from '../x402chat.d.ts'
import { findModel, playChat } from './play-chat.ts'
import type { Stage } from './stage.ts'
import { dollars } from './stand-in-book.ts'
import { pageFailure } from './stand-in-failure.ts'
import type { ReplyTo } from './wire.ts'

/** Plays the background for one call. `params` is what the page script made of the page's values: not checked here. */
// biome-ignore lint/suspicious/noExplicitAny: JSON of a page under test
export async function playCall(stage: Stage, method: string, params: any, reply: ReplyTo): Promise<void> {
  const { book, models } = stage
  switch (method) {
    case 'chat.create':
      return playChat(stage, { ...params.options, body: params.body }, reply)
    case 'fetch':
      return playFetch(stage, params, reply)
    case 'requestBudget':
      return requestBudget(stage, params, reply)
    case 'getBudget':
      return reply.done(book.budget(params.currency ?? 'USDC'))
    case 'revokeBudget':
      book.revoke(params.currency)
      tellBudget(stage, params.currency ?? 'USDC')
      return reply.done(null)
    case 'models.list':
      return reply.done(models)
    case 'receipts.list': {
      const found = book.receipts(params.before)
      return found
        ? reply.done(found.slice(0, params.limit ?? 50))
        : reply.fail(pageFailure({ error: 'invalid_request' }))
    }
    case 'availability':
      return reply.done(availabilityOf(stage, params.model ?? 'default'))
    case 'quote':
      return quote(stage, params.body, reply)
  }
}

function availabilityOf({ book, models, price }: Stage, name: string) {
  const model = findModel(models, name)
  if (!model) return 'unavailable'
  return book.covers(price, model) ? 'available' : 'needs-approval'
}

interface FetchParams {
  readonly url: string
  readonly body: string
  readonly headers: Readonly<Record<string, string | null>>
}

async function playFetch(stage: Stage, { url, body, headers }: FetchParams, reply: ReplyTo): Promise<void> {
  if (url === `${stage.baseUrl}/chat/completions`) {
    const [value, currency] = headers['x402-max-cost']?.split(' ') ?? []
    const maxCost = value ? { value, currency } : undefined
    const idempotencyKey = headers['idempotency-key'] ?? undefined
    return playChat(stage, { body: JSON.parse(body), maxCost, idempotencyKey }, reply)
  }
  if (url !== `${stage.baseUrl}/models`) return reply.fail(pageFailure({ error: 'unsupported' }))
  const data = stage.models.map((model) => ({ object: 'model', ...model }))
  reply.head({ status: 200, stream: false, headers: { 'content-type': 'application/json' } })
  reply.text(JSON.stringify({ object: 'list', data }))
  reply.done(null)
}

function requestBudget(stage: Stage, request: BudgetRequest, reply: ReplyTo): void {
  const granted = stage.options.grant ? stage.options.grant(request) : request
  if (granted === null) {
    reply.fail(pageFailure({ error: 'user_rejected' }))
    return
  }
  const budget = stage.book.grant(granted)
  tellBudget(stage, budget.currency)
  reply.done(budget)
}

function tellBudget({ book, tell }: Stage, currency: Currency): void {
  tell({ event: 'budgetchange', detail: { budget: book.budget(currency) } })
}

function quote({ book, models, price }: Stage, body: { readonly model: string }, reply: ReplyTo): void {
  const model = findModel(models, body.model)
  if (!model) {
    reply.fail(pageFailure({ error: 'invalid_request' }))
    return
  }
  const money = dollars(price)
  reply.done({
    ...{ id: 'quote-1', expiresAt: new Date(Date.now() + 60_000).toISOString(), model: model.id },
    ...{ gateway: model.gateway, inputTokens: 1, maxOutputTokens: 1_024, expected: money, max: money },
    needsApproval: !book.covers(price, model),
  })
}
