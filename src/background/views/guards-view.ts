import { formatAtomic, parseAtomic } from '../../domain/amount.ts'
import type { Guards, Limit, Limits } from '../../domain/budget.ts'
import { CURRENCIES, type Currency } from '../../domain/currency.ts'
import type { GuardsView } from '../../protocol/ui-views.ts'

export function guardsView({ frozen, limits }: Guards): GuardsView {
  return {
    frozen,
    limits: mapLimits(limits, (limit) => ({
      enabled: limit.enabled,
      maxPerRequest: formatAtomic(limit.maxPerRequest),
      perDay: formatAtomic(limit.perDay),
    })),
  }
}

/** New limits from a screen over the current ones; currencies that it does not name stay as they are. */
export function readLimits(
  current: Limits,
  given: Partial<Record<Currency, { enabled: boolean; maxPerRequest: string; perDay: string }>>,
): Limits {
  return mapLimits(current, (limit, currency) => {
    const wanted = given[currency]
    if (!wanted) return limit
    const { enabled, maxPerRequest, perDay } = wanted
    return { enabled, maxPerRequest: parseAtomic(maxPerRequest), perDay: parseAtomic(perDay) }
  })
}

/** Whether anything may cost more than before: that needs the password. */
export function raisesLimits(before: Limits, after: Limits): boolean {
  return CURRENCIES.some((currency) => {
    const [old, next] = [before[currency], after[currency]]
    const opened = next.enabled && !old.enabled
    return opened || next.maxPerRequest > old.maxPerRequest || next.perDay > old.perDay
  })
}

function mapLimits<T>(limits: Limits, map: (limit: Limit, currency: Currency) => T): Record<Currency, T> {
  return {
    USDC: map(limits.USDC, 'USDC'),
    OPG: map(limits.OPG, 'OPG'),
    tUSDC: map(limits.tUSDC, 'tUSDC'),
    tOPG: map(limits.tOPG, 'tOPG'),
  }
}
