import { requirePrincipal } from '../require-principal.ts'
import type { UiHandler } from './handler.ts'
import { sitesList } from './sites-list.ts'

/** Takes budgets back. Answers what is left. */
export const sitesRevoke: UiHandler<'sites.revoke'> = async (deps, { principals, currency }) => {
  for (const principal of principals.map(requirePrincipal)) {
    await deps.ledger.revoke(principal, currency ?? undefined)
  }
  return sitesList(deps, {})
}
