import { type AtomicAmount, maximum, ZERO } from './amount.ts'
import { type Approval, coverageOf } from './approval.ts'
import {
  type Budget,
  type Grant,
  type Guards,
  SETTLEMENT_MODES,
  type SettlementMode,
  type Sums,
} from './budget.ts'
import { type CapVerdict, checkCaps } from './check-caps.ts'
import type { Currency } from './currency.ts'
import type { Principal } from './principal.ts'

/** Every named reason for asking the person, in the order in which they are shown. */
export const ASK_REASONS = [
  'no-grant',
  'mode-ask',
  'no-budget-in-currency',
  'budget-expired',
  'over-per-request',
  'over-remaining',
  'model-not-listed',
  'new-payee',
  'payee-changed',
  'less-private-settlement',
  'proof-failed-before',
  'new-allowance',
] as const
export type AskReason = (typeof ASK_REASONS)[number]

/** Every named reason for refusing without asking. */
export type RefuseReason =
  | 'site-blocked'
  | 'site-paused'
  | 'frozen'
  | 'unlock-expired'
  | 'clock-wrong'
  | 'clock-unknown'
  | 'currency-off'
  | 'over-max-cost'
  | 'over-limit-request'
  | 'over-limit-day'
  | 'over-approved'
  | 'grant-changed'

export interface SpendFacts {
  readonly nowMs: number
  readonly principal: Principal
  readonly currency: Currency
  readonly model: string
  readonly network: string
  readonly asset: string
  /** null until the offer was read, where no terms are pinned. */
  readonly payTo: string | null
  /** What would be signed for, at most: counts against the person's limits. 0 inside an open session. */
  readonly max: AtomicAmount
  /** What would be held against the principal's budget; equals `max` for `exact`. */
  readonly held: AtomicAmount
  readonly maxCost: AtomicAmount | null
  readonly grant: Grant | null
  readonly guards: Guards
  /** Person's use of today in this currency. */
  readonly today: Sums
  /** The budget's use in its current period; zero sums where there is no budget. */
  readonly period: Sums
  readonly payee: 'pinned' | 'new' | 'changed'
  readonly settlement: { readonly asked: SettlementMode; readonly usual: SettlementMode } | null
  readonly lastProofFailed: boolean
  /** What a signed token allowance beside the payment, whose fee the gateway pays, would be for; null without one. */
  readonly allowance: AtomicAmount | null
  readonly clock: 'right' | 'wrong' | 'unknown'
  readonly approval: Approval | null
}

export type SpendDecision =
  | {
      readonly kind: 'pay'
      readonly booking: { readonly kind: 'budget'; readonly budget: Budget } | { readonly kind: 'outside' }
    }
  | { readonly kind: 'ask'; readonly reasons: readonly [AskReason, ...AskReason[]] }
  | { readonly kind: 'refuse'; readonly reason: RefuseReason }

/**
 * Decides whether a request is paid, asked about or refused; pure. Refusals come first, each for one reason, so that
 * nobody is asked about what would be refused anyway; a question carries every reason, in the order of `AskReason`.
 * A locked wallet refuses only what would be paid without a question: a question unlocks in its own window.
 * `grant-changed` is never returned here: it comes from the ledger, where a decision meets a newer grant.
 */
export function decideSpend(facts: SpendFacts): SpendDecision {
  const budget = facts.grant?.budgets[facts.currency] ?? null
  const caps = capsOf(facts, budget)
  const refusal = refusalOf(facts, caps)
  if (refusal !== null) return { kind: 'refuse', reason: refusal }

  const amount = maximum(facts.max, facts.held)
  const coverage = coverageOf(facts.approval, { ...facts, amount }, facts.nowMs)
  if (coverage === 'exceeded') return { kind: 'refuse', reason: 'over-approved' }

  const beyond = beyondBudget(facts, budget, caps)
  const [first, ...rest] = askReasons(facts, beyond)
  if (first !== undefined && coverage === 'none') return { kind: 'ask', reasons: [first, ...rest] }
  if (isLocked(facts.guards, facts.nowMs)) return { kind: 'refuse', reason: 'unlock-expired' }
  return {
    kind: 'pay',
    booking: budget !== null && beyond.length === 0 ? { kind: 'budget', budget } : { kind: 'outside' },
  }
}

/** Whether signatures are over: at the deadline itself they are. */
export function isLocked(guards: Guards, nowMs: number): boolean {
  return nowMs >= guards.unlockedUntilMs
}

/** What stops a principal whatever the figures are: its own mode, then the freeze switch. */
export function standingRefusal(
  grant: Grant | null,
  guards: Guards,
): Extract<RefuseReason, 'site-blocked' | 'site-paused' | 'frozen'> | null {
  if (grant?.mode === 'blocked') return 'site-blocked'
  if (grant?.mode === 'paused') return 'site-paused'
  return guards.frozen ? 'frozen' : null
}

function capsOf(facts: SpendFacts, budget: Budget | null): CapVerdict {
  const { max, held, model, period, today } = facts
  return checkCaps(
    { limit: facts.guards.limits[facts.currency], today, signs: max, adds: max },
    budget === null ? null : { budget, period, holds: held, adds: held, model },
    facts.nowMs,
  )
}

function refusalOf(facts: SpendFacts, caps: CapVerdict): RefuseReason | null {
  const standing = standingRefusal(facts.grant, facts.guards)
  if (standing !== null) return standing
  if (facts.clock === 'wrong') return 'clock-wrong'
  // A signed window would count from a clock that nobody vouches for. Inside an open session nothing is signed.
  if (facts.clock === 'unknown' && facts.max > ZERO) return 'clock-unknown'
  if (facts.maxCost !== null && maximum(facts.max, facts.held) > facts.maxCost) return 'over-max-cost'
  return caps.person
}

/** Reasons that a budget itself gives: with one of these, a yes for once is booked outside of it. */
function beyondBudget(facts: SpendFacts, budget: Budget | null, caps: CapVerdict): readonly AskReason[] {
  if (facts.grant === null) return ['no-grant']
  if (budget === null) return ['no-budget-in-currency']
  return caps.budget
}

function askReasons(facts: SpendFacts, beyond: readonly AskReason[]): readonly AskReason[] {
  const given = new Set<AskReason>(beyond)
  if (facts.grant?.mode === 'ask') given.add('mode-ask')
  if (facts.payee === 'new') given.add('new-payee')
  if (facts.payee === 'changed') given.add('payee-changed')
  if (isLessPrivate(facts.settlement)) given.add('less-private-settlement')
  if (facts.lastProofFailed) given.add('proof-failed-before')
  if (facts.allowance !== null) given.add('new-allowance')
  return ASK_REASONS.filter((reason) => given.has(reason))
}

function isLessPrivate(settlement: SpendFacts['settlement']): boolean {
  if (settlement === null) return false
  return SETTLEMENT_MODES.indexOf(settlement.asked) > SETTLEMENT_MODES.indexOf(settlement.usual)
}
