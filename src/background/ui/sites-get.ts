import { requirePrincipal } from '../require-principal.ts'
import { siteView } from '../views/site-view.ts'
import type { UiHandler } from './handler.ts'

/** One principal's grant; null where there is none. */
export const sitesGet: UiHandler<'sites.get'> = async ({ ledger }, { principal }) => {
  const grant = await ledger.getGrant(requirePrincipal(principal))
  return grant && siteView(ledger, grant)
}
