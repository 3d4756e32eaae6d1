import type { ModelInfo } from '../../gateways/gateway.ts'
import type { PageDeps } from './page-deps.ts'
import type { PageHandler } from './page-handler.ts'
import { visibleModels } from './visible-models.ts'

/** `models.list`: what this site may name. */
export const modelsList: PageHandler<'models.list'> = (deps, { hasGrant }) => modelViews(deps, hasGrant)

/** Models as pages see them. */
export async function modelViews(deps: PageDeps, hasGrant: boolean) {
  const models = await visibleModels(deps, hasGrant)
  return models.map(({ name, info }) => ({
    id: name,
    gateway: info.gatewayId,
    owned_by: info.ownedBy,
    context_length: info.contextLength,
    pricing: pricingOf(info),
  }))
}

/** A price in dollars is one in USDC, which is shown as dollars. */
function pricingOf({ pricing }: ModelInfo) {
  if (pricing === null) return null
  const currency = pricing.currency === 'USD' ? 'USDC' : pricing.currency
  return { currency, input: pricing.input, output: pricing.output, per: 1_000_000 }
}
