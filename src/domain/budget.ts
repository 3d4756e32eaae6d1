import type { AtomicAmount } from './amount.ts'
import type { Currency } from './currency.ts'
import type { Principal } from './principal.ts'

export const PERIODS = ['hour', 'day', 'week', 'month', 'total'] as const
/** Calendar periods in local time; a week starts on Monday; `total` never renews. */
export type Period = (typeof PERIODS)[number]

/** OpenGradient's settlement modes, from most to least private: private, batch, individual. Source: its documentation. */
export const SETTLEMENT_MODES = ['private', 'batch', 'individual'] as const
export type SettlementMode = (typeof SETTLEMENT_MODES)[number]

/** What one principal may spend in one currency. */
export interface Budget {
  /** Made anew when a budget is granted anew, kept when it is edited: spending is counted under it. */
  readonly id: string
  readonly currency: Currency
  /** Most that may be spent in one period, in atomic units. */
  readonly cap: AtomicAmount
  readonly period: Period
  /** Most that one request may cost without asking, in atomic units. */
  readonly maxPerRequest: AtomicAmount
  readonly models: 'all' | readonly string[]
  readonly expiresAtMs: number | null
}

/** auto: within the caps no question; ask: every request asks; paused and blocked: refused, blocked without a word. */
export const GRANT_MODES = ['auto', 'ask', 'paused', 'blocked'] as const
export type GrantMode = (typeof GRANT_MODES)[number]

/** How a site pays that may pay. */
export const PAYING_MODES = ['auto', 'ask'] as const
export type PayingMode = (typeof PAYING_MODES)[number]

/** Whether a site with this mode may pay at all. */
export function isPayingMode(mode: GrantMode): mode is PayingMode {
  return mode === 'auto' || mode === 'ask'
}

/** What the person decided about one principal. */
export interface Grant {
  readonly principal: Principal
  readonly mode: GrantMode
  /** The mode itself where the site may pay; else the one it had before, so that a pause ends as it began. */
  readonly resumesTo: PayingMode
  readonly budgets: Readonly<Partial<Record<Currency, Budget>>>
  /** The settlement mode for this site's OpenGradient requests; null: the person's default. */
  readonly settlement: SettlementMode | null
  /** Grows with every change; a payment reserved under another revision is released instead of presented. */
  readonly revision: number
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** Whether a principal has a budget; without one it is a stranger, who learns nothing of the wallet and the person. */
export function hasBudget(grant: Grant | null): boolean {
  return grant !== null && grant.mode !== 'blocked' && Object.keys(grant.budgets).length > 0
}

/** The person's own limit in one currency, above every grant. */
export interface Limit {
  readonly enabled: boolean
  /** Most that one signature may be for, in atomic units. */
  readonly maxPerRequest: AtomicAmount
  /** Most that may be spent in one calendar day over all principals, in atomic units. */
  readonly perDay: AtomicAmount
}

export type Limits = Readonly<Record<Currency, Limit>>

/** What stands above every grant, read in the very transaction that reserves or presents. */
export interface Guards {
  readonly limits: Limits
  readonly frozen: boolean
  /** Wall clock until which signatures are allowed, unix ms; 0 while locked. Written by the wallet's lock. */
  readonly unlockedUntilMs: number
  readonly revision: number
}

/** What was spent and what is still bound in some period, in atomic units. */
export interface Sums {
  readonly settled: AtomicAmount
  readonly live: AtomicAmount
}
