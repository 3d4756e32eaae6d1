/** Balances of one currency over its networks. */
import { type AtomicAmount, add, parseAtomic, ZERO } from '../../domain/amount.ts'
import { CURRENCIES, type Currency } from '../../domain/currency.ts'
import type { BalanceView } from '../../protocol/ui-views.ts'

export interface BalanceTotal {
  readonly currency: Currency
  /** What was read, in atomic units; null: nothing was read yet. */
  readonly amount: AtomicAmount | null
  /** When the oldest part was read, unix ms; null: nothing was read yet. */
  readonly atMs: number | null
  /** Some network was never read, or its newest read failed. */
  readonly uncertain: boolean
}

/** Sums what is known; what is not known is never taken for zero. */
export function balanceTotals(balances: readonly BalanceView[]): readonly BalanceTotal[] {
  return CURRENCIES.flatMap((currency) => {
    const parts = balances.filter((balance) => balance.currency === currency)
    if (parts.length === 0) return []
    const known = parts.flatMap(({ amount }) => (amount === null ? [] : [parseAtomic(amount)]))
    const times = parts.flatMap(({ amount, atMs }) => (amount === null || atMs === null ? [] : [atMs]))
    return {
      currency,
      amount: known.length === 0 ? null : known.reduce(add, ZERO),
      atMs: times.length === 0 ? null : Math.min(...times),
      uncertain: parts.some(({ amount, failed }) => amount === null || failed),
    }
  })
}
