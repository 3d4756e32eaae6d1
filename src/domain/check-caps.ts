import type { AtomicAmount } from './amount.ts'
import type { Budget, Limit, Sums } from './budget.ts'
import { fits, headroom } from './headroom.ts'

/** Why the person's own limits say no; nothing lifts these. */
export type LimitBreach = 'currency-off' | 'over-limit-request' | 'over-limit-day'

/** Why a budget does not cover a request; a yes for once lifts these. */
export type BudgetBreach = 'budget-expired' | 'over-per-request' | 'over-remaining' | 'model-not-listed'

export interface LimitFacts {
  readonly limit: Limit
  /** Use of the current day over all principals. */
  readonly today: Sums
  /** What the signature is for in all, in atomic units; 0 inside an open session. */
  readonly signs: AtomicAmount
  /** What it adds to what is live already, in atomic units: `signs`, or the increase of a further attempt. */
  readonly adds: AtomicAmount
}

export interface BudgetFacts {
  readonly budget: Budget
  /** The budget's use in its current period. */
  readonly period: Sums
  /** What the request holds in all, in atomic units. */
  readonly holds: AtomicAmount
  /** What it adds to what is held already, in atomic units. */
  readonly adds: AtomicAmount
  readonly model: string
}

export interface CapVerdict {
  readonly person: LimitBreach | null
  /** In the order of `BudgetBreach`; empty where it is booked outside any budget. */
  readonly budget: readonly BudgetBreach[]
}

/** The one place where caps are compared with amounts: for the decision, and again inside the ledger's transaction. */
export function checkCaps(person: LimitFacts, budget: BudgetFacts | null, nowMs: number): CapVerdict {
  return { person: checkLimit(person), budget: budget === null ? [] : checkBudget(budget, nowMs) }
}

/** The person's own limits. */
export function checkLimit({ limit, today, signs, adds }: LimitFacts): LimitBreach | null {
  if (!limit.enabled) return 'currency-off'
  if (signs > limit.maxPerRequest) return 'over-limit-request'
  if (!fits(headroom(limit.perDay, today), adds)) return 'over-limit-day'
  return null
}

/** A budget's caps; every breach, in the order of `BudgetBreach`. */
export function checkBudget(facts: BudgetFacts, nowMs: number): readonly BudgetBreach[] {
  const { budget, period, holds, adds, model } = facts
  const breaches: BudgetBreach[] = []
  if (isBudgetExpired(budget, nowMs)) breaches.push('budget-expired')
  if (holds > budget.maxPerRequest) breaches.push('over-per-request')
  if (!fits(headroom(budget.cap, period), adds)) breaches.push('over-remaining')
  if (budget.models !== 'all' && !budget.models.includes(model)) breaches.push('model-not-listed')
  return breaches
}

/** From its expiry on, to the millisecond, a budget covers nothing. */
export function isBudgetExpired(budget: Budget, nowMs: number): boolean {
  return budget.expiresAtMs !== null && nowMs >= budget.expiresAtMs
}
