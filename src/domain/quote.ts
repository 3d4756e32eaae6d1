import type { AtomicAmount } from './amount.ts'
import type { Currency } from './currency.ts'
import type { PaymentNetwork } from './network.ts'

/** How long a quote may be used, counted from when it came. Source: docs/PAYMENTS.md. */
export const QUOTE_TTL_MS = 60_000

/** What one request may cost. The maximum is what a person sees; nothing above it is ever signed. */
export interface Quote {
  readonly gatewayId: string
  readonly model: string
  readonly currency: Currency
  readonly network: PaymentNetwork
  /** Atomic units; null where the gateway prices after the fact. */
  readonly expected: AtomicAmount | null
  /** Atomic units. */
  readonly max: AtomicAmount
  readonly inputTokens: number | null
  readonly maxOutputTokens: number | null
  readonly atMs: number
}
