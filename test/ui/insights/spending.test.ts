import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { toAtomic } from '../../../src/domain/amount.ts'
import type { DailyView } from '../../../src/protocol/ui-views.ts'
import {
  currenciesIn,
  DAYS,
  dearestDay,
  shareOf,
  spendingByDay,
  spendingByName,
  spendingInAll,
} from '../../../src/ui/insights/spending.ts'

const zone = process.env.TZ
beforeAll(() => {
  process.env.TZ = 'Europe/Berlin'
})
afterAll(() => {
  process.env.TZ = zone
})

function row(part: Partial<DailyView>): DailyView {
  return { dayStartMs: 0, currency: 'USDC', name: 'all', settled: '0', live: '0', count: 1, ...part }
}

/** Local midnight. */
function day(month: number, date: number): number {
  return new Date(2026, month - 1, date).getTime()
}

const NOON = new Date(2026, 10, 21, 12).getTime()

describe('spending by day', () => {
  it('has thirty days that end today, with nothing where nothing was spent', () => {
    const days = spendingByDay([row({ dayStartMs: day(11, 21), settled: '5' })], 'USDC', NOON)
    expect(days).toHaveLength(DAYS)
    expect(days[0]?.dayStartMs).toBe(day(10, 23))
    expect(days.at(-1)).toEqual({ dayStartMs: day(11, 21), settled: 5n, live: 0n, count: 1 })
    expect(days.slice(0, -1).every(({ settled, count }) => settled === 0n && count === 0)).toBe(true)
  })
  it('finds its midnights across the change of clocks, when a day has 25 hours', () => {
    // In Berlin summer time ended on 25 October 2026.
    expect(day(10, 26) - day(10, 25)).toBe(25 * 3_600_000)
    const rows = [24, 25, 26].map((date) => row({ dayStartMs: day(10, date), settled: String(date) }))
    const days = spendingByDay(rows, 'USDC', NOON)
    expect(days.slice(1, 4).map(({ settled }) => settled)).toEqual([24n, 25n, 26n])
  })
  it('keeps currencies apart', () => {
    const rows = [
      row({ dayStartMs: day(11, 21), settled: '5' }),
      row({ dayStartMs: day(11, 21), currency: 'OPG', settled: '7' }),
    ]
    expect(spendingByDay(rows, 'OPG', NOON).at(-1)?.settled).toBe(7n)
    expect(currenciesIn(rows)).toEqual(['USDC', 'OPG'])
  })
  it('adds up, and knows the dearest day with what is on hold', () => {
    const rows = [
      row({ dayStartMs: day(11, 20), settled: '9', live: '0', count: 2 }),
      row({ dayStartMs: day(11, 21), settled: '4', live: '6', count: 3 }),
    ]
    const days = spendingByDay(rows, 'USDC', NOON)
    expect(spendingInAll(days)).toEqual({ settled: 13n, live: 6n, count: 5 })
    expect(dearestDay(days)).toBe(10n)
  })
})

describe('spending by name', () => {
  it('sums the days of each name, the dearest first', () => {
    const rows = [
      row({ name: 'a', settled: '3' }),
      row({ name: 'b', settled: '4', live: '1' }),
      row({ name: 'a', settled: '3', dayStartMs: 1 }),
    ]
    expect(spendingByName(rows, 'USDC').map(({ name, settled, live }) => [name, settled, live])).toEqual([
      ['a', 6n, 0n],
      ['b', 4n, 1n],
    ])
  })
  it('does not lose digits of amounts beyond 2^53', () => {
    const rows = [row({ settled: '9007199254740993' }), row({ settled: '9007199254740993', dayStartMs: 1 })]
    expect(spendingByName(rows, 'USDC')[0]?.settled).toBe(18014398509481986n)
  })
})

describe('a share, for drawing', () => {
  it('is a part of one, and nothing of nothing', () => {
    expect(shareOf(toAtomic(1n), toAtomic(4n))).toBe(0.25)
    expect(shareOf(toAtomic(0n), toAtomic(0n))).toBe(0)
  })
})
