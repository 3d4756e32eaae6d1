/** Whether a call would be silent, as far as can be told without its price. */
import { findAsset } from '../domain/asset.ts'
import { isBudgetExpired } from '../domain/check-caps.ts'
import { isChatError } from '../domain/errors.ts'
import type { Principal } from '../domain/principal.ts'
import type { BudgetUse } from '../ledger/ledger.ts'
import type { InferenceDeps } from './ports.ts'
import { type Route, routeModel } from './routing.ts'

export type Availability = 'unavailable' | 'needs-approval' | 'available'

/** Says no more to a principal without a budget than whether the model is known. */
export async function availabilityOf(
  deps: InferenceDeps,
  principal: Principal,
  model: string,
): Promise<Availability> {
  const route = await routeOf(deps, model)
  if (route === null) return 'unavailable'
  const [grant, guards, status, uses, pins, proofFailed] = await Promise.all([
    deps.ledger.getGrant(principal),
    deps.ledger.getGuards(),
    deps.wallet.status(),
    deps.ledger.budgetUse(principal),
    deps.ledger.getPins(route.gateway.config.id),
    deps.ledger.lastProofFailed(route.gateway.config.id),
  ])
  if (grant?.mode !== 'auto' || guards.frozen || status.kind !== 'unlocked' || proofFailed)
    return 'needs-approval'
  // A gateway whose payee nobody approved yet is asked about; what it is paid in is known from its pins.
  const currencies = pins.map(({ network, asset }) => findAsset(network, asset)?.currency)
  const covers = (use: BudgetUse) =>
    currencies.includes(use.budget.currency) &&
    guards.limits[use.budget.currency].enabled &&
    mayPay(use, route.model, deps.clock.nowMs())
  return uses.some(covers) ? 'available' : 'needs-approval'
}

async function routeOf(deps: InferenceDeps, model: string): Promise<Route | null> {
  const [gateways, models, settings] = await Promise.all([
    deps.gateways.all(),
    deps.gateways.models(),
    deps.settings(),
  ])
  try {
    return routeModel(model, { gateways, models, preferred: settings.defaultModel })
  } catch (error) {
    if (isChatError(error)) return null
    throw error
  }
}

function mayPay({ budget, remaining }: BudgetUse, model: string, nowMs: number): boolean {
  const isListed = budget.models === 'all' || budget.models.includes(model)
  return isListed && remaining > 0n && !isBudgetExpired(budget, nowMs)
}
