/** What an OpenGradient answer costs about: by the published prices, and by what was paid so far. */
import { parseDecimal } from '../../domain/amount.ts'
import type { Currency } from '../../domain/currency.ts'
import type { DailyView, ModelView } from '../../protocol/ui-views.ts'

/** Cheapest and dearest answer of a price list, decimal strings in millionths of a US dollar. */
export interface PriceRange {
  readonly from: string
  readonly to: string
}

/** Prices are published in dollars for a million tokens; at most nine decimals are read. */
const DECIMALS = 9
/** Billionths of a dollar for a million tokens → millionths of a dollar for a thousand. */
const TO_MICRO = 1_000_000n

/** An answer of 1,000 tokens to a question of 1,000, over the models that are paid in OPG; null where no price is known. */
export function priceRange(models: readonly ModelView[]): PriceRange | null {
  const costs = models.flatMap(({ currency, price }) => {
    const inOpg = currency === 'OPG' || currency === 'tOPG'
    if (!inOpg || price?.unit !== 'USD' || !isPrice(price.input) || !isPrice(price.output)) return []
    const perMillion = parseDecimal(price.input, DECIMALS) + parseDecimal(price.output, DECIMALS)
    return [(perMillion + TO_MICRO - 1n) / TO_MICRO]
  })
  const [first] = costs
  if (first === undefined) return null
  const from = costs.reduce((least, cost) => (cost < least ? cost : least), first)
  const to = costs.reduce((most, cost) => (cost > most ? cost : most), first)
  return { from: from.toString(), to: to.toString() }
}

/** What an answer cost on average in the days given, in atomic units; null where there was none. */
export function averageCost(days: readonly DailyView[], currency: Currency): string | null {
  const paid = days.filter((day) => day.currency === currency)
  const count = paid.reduce((sum, day) => sum + day.count, 0)
  if (count === 0) return null
  const settled = paid.reduce((sum, day) => sum + BigInt(day.settled), 0n)
  return settled === 0n ? null : (settled / BigInt(count)).toString()
}

/** A price that can be counted exactly; a list may hold others. */
function isPrice(text: string): boolean {
  return /^(0|[1-9]\d{0,9})(\.\d{1,9})?$/.test(text)
}
