import type { Period } from '../../src/domain/budget.ts'
import { periodBounds } from '../../src/domain/period.ts'

/**
 * The ledger once more, as plainly as it can be said: one list of payments, one of requests, sums by adding up. It has no
 * buckets, no indexes and no transactions, and counts a row where the moment of its reservation lies.
 */
export interface ModelPayment {
  readonly id: string
  readonly scheme: 'exact' | 'upto'
  readonly atMs: number
  readonly opener: string
  state: 'reserved' | 'presented' | 'gateway' | 'chain' | 'released'
  maximum: bigint
  charged: bigint
  /** The grant's revision that was decided upon. */
  revision: number | null
}

export interface ModelRequest {
  readonly id: string
  readonly key: string
  readonly site: number
  readonly atMs: number
  readonly max: bigint
  payment: string
  held: bigint
  /** null while live. */
  cost: bigint | null
  /** The gateway's word, however large. */
  reported: bigint | null
  released: boolean
  budget: string | null
  /** What the yes is for, where there was one. */
  yes: bigint | null
}

export interface ModelBudget {
  readonly id: string
  readonly cap: bigint
  readonly period: Period
}

export interface ModelGrant {
  mode: 'auto' | 'ask' | 'paused' | 'blocked'
  revision: number
  budgets: Partial<Record<ModelCurrency, ModelBudget>>
}

export type ModelCurrency = 'USDC' | 'OPG'

export interface Model {
  readonly payments: Map<string, ModelPayment>
  readonly requests: Map<string, ModelRequest>
  readonly grants: Map<number, ModelGrant>
  revision: number
  frozen: boolean
  locked: boolean
  perDay: bigint
  perRequest: bigint
  nowMs: number
}

export interface Wish {
  readonly id: string
  readonly paymentId: string
  readonly key: string
  readonly site: number
  readonly scheme: 'exact' | 'upto'
  /** What is signed; 0 within a session. */
  readonly signs: bigint
  readonly held: bigint
  readonly max: bigint
  readonly outside: boolean
  readonly yes: bigint | null
  readonly revision: number | null
  /** The session that it is for. */
  readonly session: string | null
}

export function makeModel(nowMs: number, revision: number): Model {
  return {
    payments: new Map(),
    requests: new Map(),
    grants: new Map(),
    revision,
    frozen: false,
    locked: false,
    perDay: 300n,
    perRequest: 100n,
    nowMs,
  }
}

export const currencyOf = (scheme: 'exact' | 'upto'): ModelCurrency => (scheme === 'exact' ? 'USDC' : 'OPG')

/** What may still be taken, or was: until the chain has spoken, everything that was signed for. */
export function atRisk(payment: ModelPayment): bigint {
  if (payment.state === 'released') return 0n
  return payment.state === 'chain' ? payment.charged : payment.maximum
}

export function requestUse(model: Model, request: ModelRequest): bigint {
  const payment = model.payments.get(request.payment)
  if (payment === undefined || request.released) return 0n
  if (payment.scheme === 'exact') return atRisk(payment)
  return request.cost ?? request.held
}

export function usedToday(model: Model, currency: ModelCurrency): bigint {
  let sum = 0n
  for (const payment of model.payments.values()) {
    if (currencyOf(payment.scheme) === currency && isIn('day', payment.atMs, model.nowMs))
      sum += atRisk(payment)
  }
  return sum
}

export function usedOf(model: Model, budget: ModelBudget): bigint {
  let sum = 0n
  for (const request of model.requests.values()) {
    if (request.budget === budget.id && isIn(budget.period, request.atMs, model.nowMs)) {
      sum += requestUse(model, request)
    }
  }
  return sum
}

function isIn(period: Period, atMs: number, nowMs: number): boolean {
  const { startMs, endMs } = periodBounds(period, nowMs)
  return atMs >= startMs && (endMs === null || atMs < endMs)
}

export function modelReserve(model: Model, wish: Wish): string {
  const taken = [...model.requests.values()].find(({ site, key }) => site === wish.site && key === wish.key)
  const freed = taken?.id === wish.id && taken.released
  const session = wish.session === null ? null : model.payments.get(wish.session)
  if (session !== null && (session?.scheme !== 'upto' || session.state !== 'presented')) {
    return 'session-over'
  }
  if (taken !== undefined && !freed) return 'exists'
  const grant = model.grants.get(wish.site)
  const budget = wish.outside ? undefined : grant?.budgets[currencyOf(wish.scheme)]
  const refusal = refusalOf(model, wish, grant)
  if (refusal !== null) return refusal
  const fits = budget !== undefined && usedOf(model, budget) + wish.held <= budget.cap
  const amount = wish.held > wish.signs ? wish.held : wish.signs
  if (wish.yes !== null && amount > wish.yes) return 'over-approved'
  if (wish.yes === null && (wish.outside || grant?.mode === 'ask')) return 'over-approved'
  if (wish.yes === null && !fits) return 'over-budget'
  if (session === null) {
    model.payments.set(wish.paymentId, {
      id: wish.paymentId,
      scheme: wish.scheme,
      atMs: model.nowMs,
      opener: wish.id,
      state: 'reserved',
      maximum: wish.signs,
      charged: 0n,
      revision: wish.revision,
    })
  }
  model.requests.set(wish.id, {
    id: wish.id,
    key: wish.key,
    site: wish.site,
    atMs: model.nowMs,
    max: wish.max,
    payment: session?.id ?? wish.paymentId,
    held: wish.held,
    cost: null,
    reported: null,
    released: false,
    budget: fits ? (budget?.id ?? null) : null,
    yes: wish.yes,
  })
  return 'reserved'
}

function refusalOf(
  model: Model,
  claim: { readonly scheme: 'exact' | 'upto'; readonly signs: bigint; readonly revision: number | null },
  grant: ModelGrant | undefined,
  more: bigint = claim.signs,
): string | null {
  if (grant?.mode === 'blocked') return 'site-blocked'
  if (grant?.mode === 'paused') return 'site-paused'
  if (model.frozen) return 'frozen'
  if (model.locked) return 'unlock-expired'
  if ((grant?.revision ?? null) !== claim.revision) return 'grant-changed'
  if (claim.signs > model.perRequest) return 'over-limit-request'
  if (usedToday(model, currencyOf(claim.scheme)) + more > model.perDay) return 'over-limit-day'
  return null
}

/** Only for payments of the same day: the harness raises none that is older. */
export function modelPresent(model: Model, paymentId: string, amount: bigint): string {
  const payment = model.payments.get(paymentId)
  if (payment === undefined || (payment.state !== 'reserved' && payment.state !== 'presented')) {
    return 'no-such-payment'
  }
  const request = model.requests.get(payment.opener)
  if (request === undefined) throw new Error('A payment without its request')
  const refusal = presentRefusal(model, { payment, request, amount })
  if (refusal !== null) {
    if (payment.state === 'reserved') modelRelease(model, paymentId)
    return refusal
  }
  payment.state = 'presented'
  if (amount > payment.maximum) payment.maximum = amount
  if (payment.scheme === 'exact' && amount > request.held) request.held = amount
  return 'presented'
}

function presentRefusal(
  model: Model,
  { payment, request, amount }: { payment: ModelPayment; request: ModelRequest; amount: bigint },
): string | null {
  const isCovered = request.yes !== null && amount <= request.yes
  if (payment.scheme === 'exact' && amount > request.max && !isCovered) return 'over-approved'
  const grant = model.grants.get(request.site)
  const more = amount > payment.maximum ? amount - payment.maximum : 0n
  const claim = { scheme: payment.scheme, signs: amount, revision: payment.revision }
  const refusal = refusalOf(model, claim, grant, more)
  if (refusal !== null || more === 0n) return refusal
  if (request.yes !== null && !isCovered) return 'over-approved'
  const budget = request.budget === null ? undefined : grant?.budgets[currencyOf(payment.scheme)]
  const growth = payment.scheme === 'exact' ? more : 0n
  const fits = budget !== undefined && usedOf(model, budget) + growth <= budget.cap
  if (isCovered) {
    if (!fits) request.budget = null
    return null
  }
  if (request.budget === null || grant?.mode === 'ask') return 'over-approved'
  return fits ? null : 'over-budget'
}

const ENDS: Readonly<
  Record<ModelPayment['state'], Readonly<Record<'gateway' | 'chain' | 'release', string>>>
> = {
  reserved: { gateway: 'impossible', chain: 'impossible', release: 'released' },
  presented: { gateway: 'gateway', chain: 'chain', release: 'released' },
  gateway: { gateway: 'gateway', chain: 'chain', release: 'released' },
  chain: { gateway: 'chain', chain: 'chain', release: 'impossible' },
  released: { gateway: 'released', chain: 'chain', release: 'released' },
}

export function modelSettle(
  model: Model,
  paymentId: string,
  by: 'gateway' | 'chain',
  charged: bigint,
): string {
  const payment = model.payments.get(paymentId)
  if (payment === undefined) return 'impossible'
  const next = ENDS[payment.state][by]
  if (next === 'impossible') return next
  if (by === 'gateway') {
    if (payment.state === 'presented' && payment.scheme === 'exact') payment.state = 'gateway'
    return 'done'
  }
  shareOut(model, { payment, charged, all: payment.state === 'released' })
  payment.state = 'chain'
  payment.charged = charged
  return 'done'
}

/** A report counts for at most what its request held, and for no more than the session may take. */
function bounded(request: ModelRequest, payment: ModelPayment): bigint {
  return [request.reported ?? 0n, request.held, payment.maximum].reduce((a, b) => (a < b ? a : b))
}

/**
 * Too much was reported: the reports are cut down, the oldest first, each to its share of what is still to be shared.
 * Else requests without a report take what the reports leave, the oldest first, at most what they hold. What was given
 * back by itself takes no part, unless all of the payment was.
 */
function shareOut(
  model: Model,
  { payment, charged, all }: { payment: ModelPayment; charged: bigint; all: boolean },
): void {
  if (payment.scheme === 'exact') {
    for (const request of model.requests.values()) {
      if (request.payment === payment.id) Object.assign(request, { released: false, cost: charged })
    }
    return
  }
  const requests = [...model.requests.values()]
    .filter((request) => request.payment === payment.id && (all || !request.released))
    .sort((a, b) => a.atMs - b.atMs || (a.id < b.id ? -1 : 1))
  const reports = requests.filter(({ reported }) => reported !== null)
  let said = reports.reduce((sum, request) => sum + bounded(request, payment), 0n)
  let toShare = charged
  for (const request of reports) {
    const report = bounded(request, payment)
    request.cost = said > toShare ? (report * toShare) / said : report
    said -= report
    toShare -= request.cost
  }
  for (const request of requests) {
    request.released = false
    if (request.reported !== null) continue
    request.cost = toShare < request.held ? toShare : request.held
    toShare -= request.cost
  }
}

export function modelRelease(model: Model, paymentId: string): string {
  const payment = model.payments.get(paymentId)
  if (payment === undefined || ENDS[payment.state].release === 'impossible') return 'impossible'
  payment.state = 'released'
  for (const request of model.requests.values()) if (request.payment === paymentId) request.released = true
  return 'done'
}

export function modelSettleRequest(model: Model, requestId: string, cost: bigint): string {
  const request = model.requests.get(requestId)
  const payment = request === undefined ? undefined : model.payments.get(request.payment)
  if (request === undefined || payment?.scheme !== 'upto' || payment.state === 'reserved') return 'impossible'
  if (request.cost !== null || request.released) return 'done'
  request.reported = cost
  request.cost = bounded(request, payment)
  return 'done'
}

export function modelReleaseRequest(model: Model, requestId: string): string {
  const request = model.requests.get(requestId)
  const payment = request === undefined ? undefined : model.payments.get(request.payment)
  if (request === undefined || payment?.scheme !== 'upto' || payment.state === 'reserved') return 'impossible'
  if (request.cost === null && !request.released && payment.opener !== requestId) request.released = true
  return 'done'
}
