/** Which of the transactions of one nonce landed, and what that makes of the transfer. Pure. */
import type { TransferOutcome } from '../chains/chains.ts'
import type { Transfer, TransferAttempt } from '../domain/payment.ts'
import type { TransferFailure } from './transfers.ts'

/** One transaction as the chain shows it; null: no endpoint answered. */
export interface Look {
  readonly attempt: TransferAttempt
  readonly outcome: TransferOutcome | null
}

export type Landing =
  /** Any of them can still land. */
  | { readonly kind: 'open' }
  /** Nothing is known now. */
  | { readonly kind: 'unread' }
  | { readonly kind: 'over'; readonly transfer: Transfer }

/** A nonce is used once: what landed decides, whatever is said of the others. It is lost to a stranger only where every one of ours says so. */
export function decideLanding(transfer: Transfer, looks: readonly Look[]): Landing {
  for (const { attempt, outcome } of looks) {
    if (outcome?.kind === 'confirmed') return over(transfer, attempt, { fee: outcome.fee, reverted: false })
    if (outcome?.kind === 'failed' && outcome.reason === 'reverted')
      return over(transfer, attempt, { fee: outcome.fee, reverted: true })
  }
  const reasons = looks.map(({ outcome }) => (outcome?.kind === 'failed' ? outcome.reason : null))
  const [reason] = reasons
  if (reason && reasons.every((one) => one !== null)) {
    return { kind: 'over', transfer: { ...transfer, state: 'failed', reason } }
  }
  return looks.some(({ outcome }) => outcome === null) ? { kind: 'unread' } : { kind: 'open' }
}

/** What is offered again, newest first: after a cancellation never the transfer itself. */
export function standingAttempts({ attempts }: Transfer): readonly TransferAttempt[] {
  const standing = attempts.filter(({ refused }) => !refused)
  const does = standing.at(-1)?.does
  return standing.filter((attempt) => attempt.does === does).reverse()
}

function over(
  transfer: Transfer,
  { transaction, does }: TransferAttempt,
  landed: { readonly fee: Transfer['fee']; readonly reverted: boolean },
): Landing {
  const row = { ...transfer, transaction, fee: landed.fee }
  const reason: TransferFailure | null = does === 'cancel' ? 'cancelled' : landed.reverted ? 'reverted' : null
  return {
    kind: 'over',
    transfer: reason === null ? { ...row, state: 'confirmed' } : { ...row, state: 'failed', reason },
  }
}
