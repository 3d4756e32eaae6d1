import { requirePrincipal } from '../require-principal.ts'
import { siteView } from '../views/site-view.ts'
import type { UiHandler } from './handler.ts'

/** Lets sites pay by themselves, ask, pause, or blocks them. */
export const sitesSetMode: UiHandler<'sites.setMode'> = async ({ ledger }, { principals, mode }) => {
  const views = []
  for (const principal of principals.map(requirePrincipal)) {
    views.push(await siteView(ledger, await ledger.setMode(principal, mode)))
  }
  return views
}
