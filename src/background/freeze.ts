import type { Guards } from '../domain/budget.ts'
import { ChatError } from '../domain/errors.ts'
import type { Approvals } from '../inference/approvals.ts'
import type { Inference } from '../inference/inference.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** What a freeze needs. */
export interface FreezeDeps {
  readonly ledger: Pick<Ledger, 'setFrozen'>
  readonly approvals: Pick<Approvals, 'rejectAll'>
  readonly inference: Pick<Inference, 'endUnsent'>
}

/**
 * Stops all spending. Written first, so that nothing is signed from then on; then every question ends, and every request
 * whose payment has not left. Throws ChatError 'ledger-failed', with nothing ended.
 */
export async function freeze({ ledger, approvals, inference }: FreezeDeps): Promise<Guards> {
  const guards = await ledger.setFrozen(true)
  approvals.rejectAll('frozen')
  inference.endUnsent(new ChatError('frozen'))
  return guards
}
