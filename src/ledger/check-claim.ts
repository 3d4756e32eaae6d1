import { type AtomicAmount, maximum } from '../domain/amount.ts'
import type { Approval } from '../domain/approval.ts'
import { coverageOf } from '../domain/approval.ts'
import type { Budget } from '../domain/budget.ts'
import { checkBudget, checkLimit } from '../domain/check-caps.ts'
import type { Currency } from '../domain/currency.ts'
import type { PaymentNetwork } from '../domain/network.ts'
import type { Principal } from '../domain/principal.ts'
import { isLocked, type RefuseReason, standingRefusal } from '../domain/spend-policy.ts'
import type { Standing } from './facts.ts'
import type { Totals } from './totals.ts'

/** What is about to be signed or held, with the decision that it rests on. */
export interface Claim {
  readonly principal: Principal
  readonly currency: Currency
  readonly model: string
  readonly network: PaymentNetwork
  readonly asset: string
  readonly payTo: string
  /** What the signature is for, and what that adds to the person's book; 0 inside a session. Atomic units. */
  readonly signs: AtomicAmount
  readonly signsMore: AtomicAmount
  /** What the request holds, and what that adds to its budget's book. Atomic units. */
  readonly holds: AtomicAmount
  readonly holdsMore: AtomicAmount
  readonly booking: 'budget' | 'outside'
  readonly grantRevision: number | null
  readonly approval: Approval | null
  readonly nowMs: number
  /** When the payment was reserved; `nowMs` for a new one. */
  readonly sinceMs: number
}

export type ClaimVerdict =
  | { readonly kind: 'fits'; readonly budget: Budget | null }
  | { readonly kind: 'refused'; readonly reason: RefuseReason | 'over-budget' }

export interface ClaimFacts extends Standing {
  readonly totals: Totals
}

/** Reads every cap inside the transaction that is about to write, and says whether the claim fits, and into which budget. */
export async function checkClaim(claim: Claim, facts: ClaimFacts): Promise<ClaimVerdict> {
  const wanted = claim.booking === 'budget' ? (facts.grant?.budgets[claim.currency] ?? null) : null
  const [refusal, period] = await Promise.all([
    checkAgain(claim, facts),
    wanted === null ? null : facts.totals.used(wanted, claim),
  ])
  if (refusal !== null) return refused(refusal)
  const breaches =
    wanted === null || period === null
      ? []
      : checkBudget(
          { budget: wanted, period, holds: claim.holds, adds: claim.holdsMore, model: claim.model },
          claim.nowMs,
        )
  return placeOf(claim, wanted, {
    isAsking: facts.grant?.mode === 'ask',
    fitsBudget: wanted !== null && breaches.length === 0,
  })
}

/** What may have changed since the decision: freeze, lock, the site's mode and grant, the person's own limits. */
export async function checkAgain(claim: Claim, facts: ClaimFacts): Promise<RefuseReason | null> {
  const revoked = revokedSince(claim, facts)
  if (revoked !== null) return revoked
  const today = await facts.totals.today(claim.currency, claim)
  const limit = facts.guards.limits[claim.currency]
  return checkLimit({ limit, today, signs: claim.signs, adds: claim.signsMore })
}

function revokedSince(claim: Claim, { guards, grant }: ClaimFacts): RefuseReason | null {
  const standing = standingRefusal(grant, guards)
  if (standing !== null) return standing
  if (isLocked(guards, claim.nowMs)) return 'unlock-expired'
  return (grant?.revision ?? null) === claim.grantRevision ? null : 'grant-changed'
}

/** A yes lifts the budget's caps for its request: what does not fit any more is then booked outside. */
function placeOf(
  claim: Claim,
  budget: Budget | null,
  { isAsking, fitsBudget }: { readonly isAsking: boolean; readonly fitsBudget: boolean },
): ClaimVerdict {
  const amount = maximum(claim.signs, claim.holds)
  // An allowance goes beside the payment, not into the books: it was compared before it was signed.
  const coverage = coverageOf(claim.approval, { ...claim, amount, allowance: null }, claim.nowMs)
  if (coverage === 'exceeded') return refused('over-approved')
  if (coverage === 'covers') return { kind: 'fits', budget: fitsBudget ? budget : null }
  if (claim.booking === 'outside' || isAsking) return refused('over-approved')
  return fitsBudget ? { kind: 'fits', budget } : refused('over-budget')
}

function refused(reason: RefuseReason | 'over-budget'): ClaimVerdict {
  return { kind: 'refused', reason }
}
