/** What a conversation has cost so far, and what is on hold for it, per currency. */
import { type AtomicAmount, add, formatAtomic, parseAtomic, ZERO } from '../../../domain/amount.ts'
import { CURRENCIES, type Currency } from '../../../domain/currency.ts'
import type { HistoryRowView } from '../../../protocol/ui-views.ts'

export interface CostLine {
  readonly currency: Currency
  /** Atomic units. */
  readonly spent: string
  readonly held: string
}

export function conversationCost(rows: Iterable<HistoryRowView>): readonly CostLine[] {
  const sums = new Map<Currency, { spent: AtomicAmount; held: AtomicAmount }>()
  for (const row of rows) {
    const sum = sums.get(row.currency) ?? { spent: ZERO, held: ZERO }
    sums.set(row.currency, {
      spent: row.money === 'settled' ? add(sum.spent, parseAtomic(row.cost ?? '0')) : sum.spent,
      held: row.money === 'live' ? add(sum.held, parseAtomic(row.held)) : sum.held,
    })
  }
  return CURRENCIES.flatMap((currency) => {
    const sum = sums.get(currency)
    if (!sum || (sum.spent === ZERO && sum.held === ZERO)) return []
    return [{ currency, spent: formatAtomic(sum.spent), held: formatAtomic(sum.held) }]
  })
}
