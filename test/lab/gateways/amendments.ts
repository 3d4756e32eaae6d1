/** Offers that a fault changed: once a body was asked another price, it is asked that price until it is paid. */
import type { PaymentRequirements } from '@x402/core/types'
import type { Offer } from './pay.ts'

/** What differs from the honest offer, by network: an EVM payee cannot be named to Solana. */
export interface Amendment {
  amount?: string
  payTo?: Readonly<Record<string, string>>
  maxTimeoutSeconds?: number
}

export interface Amendments {
  /** Adds to what is already changed for this body. */
  add(bodyHash: string, amendment: Amendment): void
  /** The offer as this body is to see it. */
  apply(bodyHash: string, offer: Offer): Offer
  forget(bodyHash: string): void
}

/** No amendments yet; those of the oldest bodies are forgotten beyond 1,000. */
export function createAmendments(): Amendments {
  const changed = new Map<string, Amendment>()
  return {
    add(bodyHash, amendment) {
      changed.set(bodyHash, { ...changed.get(bodyHash), ...amendment })
      const oldest = changed.size > 1000 ? changed.keys().next().value : undefined
      if (oldest !== undefined) changed.delete(oldest)
    },
    apply(bodyHash, offer) {
      const amendment = changed.get(bodyHash)
      if (!amendment) return offer
      return { ...offer, accepts: offer.accepts.map((entry) => amend(entry, amendment)) }
    },
    forget: (bodyHash) => void changed.delete(bodyHash),
  }
}

function amend(entry: PaymentRequirements, amendment: Amendment): PaymentRequirements {
  return {
    ...entry,
    amount: amendment.amount ?? entry.amount,
    payTo: amendment.payTo?.[entry.network] ?? entry.payTo,
    maxTimeoutSeconds: amendment.maxTimeoutSeconds ?? entry.maxTimeoutSeconds,
  }
}
