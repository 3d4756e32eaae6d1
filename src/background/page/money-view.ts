import { type AtomicAmount, formatAtomic, formatDecimal } from '../../domain/amount.ts'
import { type Currency, decimalsOf } from '../../domain/currency.ts'
import type { PaymentNetwork } from '../../domain/network.ts'

/** An amount as pages see it. */
export function moneyView(amount: AtomicAmount, currency: Currency, network: PaymentNetwork | null) {
  const decimals = decimalsOf(currency)
  return { currency, value: formatDecimal(amount, decimals), atomic: formatAtomic(amount), decimals, network }
}
