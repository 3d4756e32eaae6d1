import { readBudgetView } from './budget-view.ts'
import type { PageHandler } from './page-handler.ts'

/** `getBudget`: the origin's own budget in one currency, or null. */
export const getBudget: PageHandler<'getBudget'> = (deps, { origin }, { currency }) =>
  readBudgetView(deps, origin, currency)
