import { CURRENCIES } from '../../domain/currency.ts'
import { parseOrigin } from '../../domain/principal.ts'
import { dayMeter } from '../../inference/approval-content.ts'
import type { HomeView } from '../../protocol/ui-views.ts'
import type { BackgroundDeps } from '../deps.ts'
import { historyRowView } from '../views/history-view.ts'
import { siteView } from '../views/site-view.ts'
import { walletView } from '../views/wallet-view.ts'
import type { UiHandler } from './handler.ts'

/** Everything that the popup's first screen shows, in one call. */
export const homeGet: UiHandler<'home.get'> = async (deps, { tabUrl }) => {
  const { ledger, wallet, gateways, approvals } = deps
  const [status, guards, today, newest, unfinished, names] = await Promise.all([
    wallet.status(),
    ledger.getGuards(),
    ledger.today(),
    ledger.history({}, { limit: 5 }),
    ledger.unfinished(),
    gateways.names(),
  ])
  return {
    wallet: walletView(status),
    frozen: guards.frozen,
    online: deps.isOnline(),
    today: CURRENCIES.filter((currency) => guards.limits[currency].enabled).map((currency) =>
      dayMeter(currency, { guards, today: today[currency] }),
    ),
    latest: newest.rows.map((row) => historyRowView(row, { names, prompt: null })),
    approvalsWaiting: approvals.waiting(),
    livePayments: unfinished.filter(({ state }) => state === 'presented').length,
    site: await siteOf(deps, tabUrl),
  }
}

async function siteOf({ ledger }: BackgroundDeps, tabUrl: string | null): Promise<HomeView['site']> {
  const origin = tabUrl === null || !URL.canParse(tabUrl) ? undefined : parseOrigin(new URL(tabUrl).origin)
  if (origin === undefined) return null
  const grant = await ledger.getGrant(origin)
  return grant ? siteView(ledger, grant) : { principal: origin, known: false }
}
