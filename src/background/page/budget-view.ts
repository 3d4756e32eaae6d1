import { formatDecimal } from '../../domain/amount.ts'
import type { Grant } from '../../domain/budget.ts'
import { type Currency, decimalsOf } from '../../domain/currency.ts'
import type { Origin } from '../../domain/principal.ts'
import type { BudgetUse } from '../../ledger/ledger.ts'
import type { PageDeps } from './page-deps.ts'

/** The origin's own budget in a currency as pages see it; null where there is none, or the site is blocked. */
export async function readBudgetView(deps: PageDeps, origin: Origin, currency: Currency) {
  const [grant, uses] = await Promise.all([deps.ledger.getGrant(origin), deps.ledger.budgetUse(origin)])
  const use = uses.find(({ budget }) => budget.currency === currency)
  return grant && use ? budgetView(grant, use) : null
}

/** Null for a blocked site: it has nothing. */
export function budgetView(grant: Grant, { budget, used, remaining, renewsAtMs }: BudgetUse) {
  if (grant.mode === 'blocked') return null
  const decimals = decimalsOf(budget.currency)
  return {
    id: budget.id,
    origin: grant.principal,
    currency: budget.currency,
    cap: formatDecimal(budget.cap, decimals),
    period: budget.period,
    maxPerRequest: formatDecimal(budget.maxPerRequest, decimals),
    models: budget.models,
    expiresAt: isoOrNull(budget.expiresAtMs),
    mode: grant.mode,
    spent: formatDecimal(used.settled, decimals),
    live: formatDecimal(used.live, decimals),
    remaining: formatDecimal(remaining, decimals),
    renewsAt: isoOrNull(renewsAtMs),
  }
}

function isoOrNull(atMs: number | null): string | null {
  return atMs === null ? null : new Date(atMs).toISOString()
}
