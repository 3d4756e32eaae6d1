import { PANEL } from '../../domain/principal.ts'
import type { SiteView } from '../../protocol/ui-views.ts'
import { siteView } from '../views/site-view.ts'
import type { UiHandler } from './handler.ts'

/** Every principal with its grant; the panel first, then the latest used. */
export const sitesList: UiHandler<'sites.list'> = async ({ ledger }) => {
  const views = await Promise.all((await ledger.listGrants()).map((grant) => siteView(ledger, grant)))
  const rank = (view: SiteView) =>
    view.principal === PANEL ? Number.POSITIVE_INFINITY : (view.lastUsedAtMs ?? 0)
  return views.sort((a, b) => rank(b) - rank(a))
}
