import { readBudget } from '../read-budget.ts'
import { requirePrincipal } from '../require-principal.ts'
import { siteView } from '../views/site-view.ts'
import type { UiHandler } from './handler.ts'

/** Makes or edits a budget; it holds from the next reservation on. */
export const sitesPutBudget: UiHandler<'sites.putBudget'> = async ({ ledger, approvals }, params) => {
  const principal = requirePrincipal(params.principal)
  const grant = await ledger.putBudget(principal, readBudget(params.budget))
  approvals.recheck()
  return siteView(ledger, grant)
}
