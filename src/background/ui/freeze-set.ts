import { freeze } from '../freeze.ts'
import { guardsView } from '../views/guards-view.ts'
import type { UiHandler } from './handler.ts'

/** Stops all spending, or lifts the stop. What is not yet presented ends with it. */
export const freezeSet: UiHandler<'freeze.set'> = async (deps, { frozen }) =>
  guardsView(frozen ? await freeze(deps) : await deps.ledger.setFrozen(false))
