/** Spending by day and by name, from the ledger's day totals. Amounts are bigints in atomic units until they are said or drawn. */
import { type AtomicAmount, add, maximum, parseAtomic, ZERO } from '../../domain/amount.ts'
import { CURRENCIES, type Currency } from '../../domain/currency.ts'
import type { DailyView } from '../../protocol/ui-views.ts'

/** How many days are looked at. */
export const DAYS = 30

export interface DaySpending {
  /** Local midnight, unix ms. */
  readonly dayStartMs: number
  readonly settled: AtomicAmount
  readonly live: AtomicAmount
  readonly count: number
}

export interface NamedSpending {
  readonly name: string
  readonly settled: AtomicAmount
  readonly live: AtomicAmount
  readonly count: number
}

/** Currencies in which anything was paid or is on hold. */
export function currenciesIn(rows: readonly DailyView[]): readonly Currency[] {
  return CURRENCIES.filter((currency) => rows.some((row) => row.currency === currency))
}

/** One entry for each of the last `DAYS` days, oldest first, with nothing where nothing was spent. */
export function spendingByDay(
  rows: readonly DailyView[],
  currency: Currency,
  nowMs: number,
): readonly DaySpending[] {
  return lastDays(nowMs).map((dayStartMs) => ({
    dayStartMs,
    ...sum(rows.filter((row) => row.currency === currency && row.dayStartMs === dayStartMs)),
  }))
}

/** What each name cost, the dearest first; what is on hold counts after what is settled. */
export function spendingByName(rows: readonly DailyView[], currency: Currency): readonly NamedSpending[] {
  const inCurrency = rows.filter((row) => row.currency === currency)
  const names = [...new Set(inCurrency.map(({ name }) => name))]
  return names
    .map((name) => ({ name, ...sum(inCurrency.filter((row) => row.name === name)) }))
    .sort((a, b) => compare(b.settled + b.live, a.settled + a.live) || a.name.localeCompare(b.name))
}

/** Sum over everything. */
export function spendingInAll(days: readonly DaySpending[]): Omit<DaySpending, 'dayStartMs'> {
  return days.reduce(
    (all, day) => ({
      settled: add(all.settled, day.settled),
      live: add(all.live, day.live),
      count: all.count + day.count,
    }),
    { settled: ZERO, live: ZERO, count: 0 },
  )
}

/** The dearest day's settled and live together. */
export function dearestDay(days: readonly DaySpending[]): AtomicAmount {
  return days.reduce((most, { settled, live }) => maximum(most, add(settled, live)), ZERO)
}

/** Part of a whole for drawing only, 0 to 1. */
export function shareOf(part: AtomicAmount, whole: AtomicAmount): number {
  return whole === 0n ? 0 : Number((part * 10_000n) / whole) / 10_000
}

/** Local midnights of the last `DAYS` days, oldest first; days have 23 or 25 hours where clocks change. */
function lastDays(nowMs: number): readonly number[] {
  const today = new Date(nowMs)
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - (DAYS - 1 - index)).getTime(),
  )
}

function sum(rows: readonly DailyView[]): Omit<DaySpending, 'dayStartMs'> {
  return rows.reduce(
    (all, row) => ({
      settled: add(all.settled, parseAtomic(row.settled)),
      live: add(all.live, parseAtomic(row.live)),
      count: all.count + row.count,
    }),
    { settled: ZERO, live: ZERO, count: 0 },
  )
}

function compare(a: bigint, b: bigint): number {
  return a < b ? -1 : a > b ? 1 : 0
}
