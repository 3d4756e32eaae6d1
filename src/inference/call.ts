/** One call, made ready: routed, mapped to its gateway, with its key and body hash. */
import { type AtomicAmount, parseDecimal } from '../domain/amount.ts'
import type { SettlementMode } from '../domain/budget.ts'
import { type Currency, decimalsOf } from '../domain/currency.ts'
import { ChatError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import type { ChatBody, Gateway, PreparedCall } from '../gateways/gateway.ts'
import { hashAsk, hashBody } from './body-hash.ts'
import type { Ask } from './inference.ts'
import type { InferenceDeps } from './ports.ts'
import { routeModel } from './routing.ts'

export interface Call {
  readonly caller: Ask['caller']
  readonly principal: Principal
  /** Of the ledger's row: kept where a repeat pays anew for a request of which nothing was charged. */
  readonly requestId: string
  readonly gateway: Gateway
  readonly prepared: PreparedCall
  readonly messages: ChatBody['messages']
  /** The body named no output limit; ours was put in. */
  readonly limitAdded: boolean
  readonly key: string
  /** Of the caller's body: the same key with another one is a conflict. */
  readonly bodyHash: string
  /** Of what the gateway gets: the same quote serves it, streamed or not. */
  readonly wireHash: string
  readonly quoteId: string | null
  readonly maxCost: { readonly amount: AtomicAmount; readonly currency: Currency } | null
  /** The settlement mode asked for, and the usual one here; null for gateways without modes. */
  readonly settlement: { readonly asked: SettlementMode; readonly usual: SettlementMode } | null
}

/** Throws ChatError: unknown-model, unsupported-parameter, invalid-body. */
export async function makeCall(deps: InferenceDeps, ask: Ask): Promise<Call> {
  const [settings, gateways, models, grant] = await Promise.all([
    deps.settings(),
    deps.gateways.all(),
    deps.gateways.models(),
    deps.ledger.getGrant(ask.caller.principal),
  ])
  const { gateway, model } = routeModel(ask.body.model, {
    gateways,
    models,
    preferred: settings.defaultModel,
  })
  const usual = grant?.settlement ?? settings.settlement
  const settlement = gateway.config.kind === 'opengradient' ? { asked: ask.settlement ?? usual, usual } : null
  const prepared = gateway.prepare(
    { ...ask.body, model },
    { defaultMaxTokens: settings.outputLimitTokens, settlement: settlement?.asked ?? null },
  )
  const [bodyHash, wireHash] = await Promise.all([hashAsk(ask), hashBody(prepared.body)])
  return {
    caller: ask.caller,
    principal: ask.caller.principal,
    requestId: deps.newId(),
    gateway,
    prepared,
    messages: ask.body.messages,
    limitAdded: !namesOutputLimit(ask.body),
    key: ask.idempotencyKey ?? deps.newId(),
    bodyHash,
    wireHash,
    quoteId: ask.quoteId,
    maxCost: readMaxCost(ask.maxCost),
    settlement,
  }
}

function namesOutputLimit(body: ChatBody): boolean {
  return typeof body.max_tokens === 'number' || typeof body.max_completion_tokens === 'number'
}

function readMaxCost(maxCost: Ask['maxCost']): Call['maxCost'] {
  if (maxCost === null) return null
  try {
    return {
      amount: parseDecimal(maxCost.value, decimalsOf(maxCost.currency)),
      currency: maxCost.currency,
    }
  } catch (cause) {
    throw new ChatError('invalid-body', { field: 'maxCost' }, { cause })
  }
}
