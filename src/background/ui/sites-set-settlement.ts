import { requirePrincipal } from '../require-principal.ts'
import { siteView } from '../views/site-view.ts'
import type { UiHandler } from './handler.ts'

/** The settlement mode of a site's OpenGradient requests; null: the person's default. */
export const sitesSetSettlement: UiHandler<'sites.setSettlement'> = async (
  { ledger },
  { principal, settlement },
) => siteView(ledger, await ledger.setSettlement(requirePrincipal(principal), settlement))
