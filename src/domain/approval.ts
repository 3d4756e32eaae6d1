import type { AtomicAmount } from './amount.ts'

/** What one yes covers: every offer with these figures, until the answer begins or `untilMs`. */
export interface Approval {
  readonly payTo: string | null
  readonly network: string
  readonly asset: string
  readonly max: AtomicAmount
  /** The token allowance that was shown to go with the payment, in atomic units; null where none was. */
  readonly allowance: AtomicAmount | null
  readonly untilMs: number
}

/** The figures of an offer that a yes is compared with. */
export interface OfferFigures {
  /** null until the offer was read. */
  readonly payTo: string | null
  readonly network: string
  readonly asset: string
  /** The larger of what is signed and what is held, in atomic units. */
  readonly amount: AtomicAmount
  /** What an allowance signed beside the payment is for, in atomic units; null without one. */
  readonly allowance: AtomicAmount | null
}

/**
 * none: there is no yes, or its time is over (a matter for asking again). covers: it names these figures.
 * exceeded: it is good, but for something else, and the offer ends there.
 */
export type Coverage = 'none' | 'covers' | 'exceeded'

/** Whether one yes covers an offer. It ends at `untilMs`, exclusive; every figure is compared exactly. */
export function coverageOf(approval: Approval | null, offer: OfferFigures, nowMs: number): Coverage {
  if (approval === null || nowMs >= approval.untilMs) return 'none'
  const same =
    approval.network === offer.network &&
    approval.asset === offer.asset &&
    (offer.payTo === null || approval.payTo === offer.payTo) &&
    offer.amount <= approval.max &&
    (offer.allowance === null || (approval.allowance !== null && offer.allowance <= approval.allowance))
  return same ? 'covers' : 'exceeded'
}
