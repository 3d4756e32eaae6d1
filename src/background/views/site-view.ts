import { formatAtomic } from '../../domain/amount.ts'
import type { Grant } from '../../domain/budget.ts'
import type { BudgetUse, Ledger } from '../../ledger/ledger.ts'
import type { BudgetView, SiteView } from '../../protocol/ui-views.ts'

/** A grant with the use of each of its budgets. */
export async function siteView(ledger: Ledger, grant: Grant): Promise<SiteView> {
  const [uses, newest] = await Promise.all([
    ledger.budgetUse(grant.principal),
    ledger.history({ principal: grant.principal }, { limit: 1 }),
  ])
  return {
    principal: grant.principal,
    mode: grant.mode,
    resumesTo: grant.resumesTo,
    budgets: uses.map(budgetUseView),
    settlement: grant.settlement,
    lastUsedAtMs: newest.rows[0]?.request.createdAtMs ?? null,
  }
}

/** A budget with its use in the current period. */
export function budgetUseView({ budget, used, remaining, renewsAtMs }: BudgetUse): BudgetView {
  return {
    id: budget.id,
    currency: budget.currency,
    cap: formatAtomic(budget.cap),
    settled: formatAtomic(used.settled),
    live: formatAtomic(used.live),
    remaining: formatAtomic(remaining),
    period: budget.period,
    renewsAtMs,
    maxPerRequest: formatAtomic(budget.maxPerRequest),
    models: budget.models,
    expiresAtMs: budget.expiresAtMs,
  }
}
