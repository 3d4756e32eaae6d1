import { pinOffer } from '../payment/offer-from-pins.ts'
import type { Call } from './call.ts'
import type { InferenceDeps } from './ports.ts'
import type { Terms } from './terms.ts'

/** From now on these terms may be paid from a fresh quote without asking for the payee again. */
export async function pinTerms(deps: InferenceDeps, call: Call, terms: Terms): Promise<void> {
  const facts = {
    gatewayId: call.gateway.config.id,
    resource: terms.resource,
    approvedAtMs: deps.clock.nowMs(),
  }
  await deps.ledger.putPin(pinOffer(terms.offer, facts))
}
