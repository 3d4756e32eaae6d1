import { type AtomicAmount, formatAtomic } from '../domain/amount.ts'
import { isChatError } from '../domain/errors.ts'
import type { PinnedTerms } from '../domain/payment.ts'
import type { Offer } from './offer.ts'
import { parseRequirement } from './parse-requirement.ts'

/**
 * The offer that a server would make for a quoted amount, from terms the person approved; it passes the same parser as a 402.
 * Null where the first 402 has to be read: Solana and `upto`, whose parties may change from offer to offer, or terms that no longer hold.
 */
export function offerFromPins(pin: PinnedTerms, amount: AtomicAmount): Offer | null {
  const extra = readJson(pin.extraJson)
  if (pin.scheme !== 'exact' || extra === undefined) return null
  const requirement = {
    scheme: pin.scheme,
    network: pin.network,
    amount: formatAtomic(amount),
    payTo: pin.payTo,
    maxTimeoutSeconds: pin.maxTimeoutSeconds,
    asset: pin.asset,
    extra,
  }
  try {
    const result = parseRequirement(requirement, { ownAddresses: [], index: 0, extensions: null })
    return result.kind === 'offer' && result.offer.asset.method === 'eip3009' ? result.offer : null
  } catch (error) {
    if (isChatError(error)) return null
    throw error
  }
}

/** What to remember of an approved offer; a payee that was spelled in lower case is kept checksummed. */
export function pinOffer(
  offer: Offer,
  facts: {
    readonly gatewayId: string
    readonly resource: Readonly<Record<string, unknown>> | null
    readonly approvedAtMs: number
  },
): PinnedTerms {
  return {
    gatewayId: facts.gatewayId,
    network: offer.asset.network,
    asset: offer.asset.address,
    scheme: offer.scheme,
    payTo: offer.payTo,
    maxTimeoutSeconds: offer.maxTimeoutSeconds,
    extraJson: JSON.stringify(offer.accepted.extra ?? {}),
    resourceJson: facts.resource === null ? null : JSON.stringify(facts.resource),
    approvedAtMs: facts.approvedAtMs,
  }
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
