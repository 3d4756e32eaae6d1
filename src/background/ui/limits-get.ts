import { guardsView } from '../views/guards-view.ts'
import type { UiHandler } from './handler.ts'

/** The person's own limits. */
export const limitsGet: UiHandler<'limits.get'> = async ({ ledger }) => guardsView(await ledger.getGuards())
