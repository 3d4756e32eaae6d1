import { defaultBudget } from '../domain/default-limits.ts'
import { PANEL } from '../domain/principal.ts'
import type { Ledger } from '../ledger/ledger.ts'

/** The panel is asked like any site, and has a budget from the first start on, and again after a reset. */
export async function grantPanel(ledger: Pick<Ledger, 'getGrant' | 'putBudget'>): Promise<void> {
  if ((await ledger.getGrant(PANEL)) === null) await ledger.putBudget(PANEL, defaultBudget(PANEL, 'USDC'))
}
