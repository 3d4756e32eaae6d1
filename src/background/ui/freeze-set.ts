import { guardsView } from '../views/guards-view.ts'
import type { UiHandler } from './handler.ts'

/** Stops all spending, or lifts the stop. What is not yet presented ends with it. */
export const freezeSet: UiHandler<'freeze.set'> = async ({ ledger, approvals }, { frozen }) => {
  const guards = await ledger.setFrozen(frozen)
  if (frozen) approvals.rejectAll('frozen')
  return guardsView(guards)
}
