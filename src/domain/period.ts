import type { Period } from './budget.ts'

/** A calendar period of the machine's local time, unix ms, end exclusive; a `total` has no end. */
export interface PeriodBounds {
  readonly startMs: number
  readonly endMs: number | null
}

/** A period that ends. */
export interface ClosedBounds {
  readonly startMs: number
  readonly endMs: number
}

const HOUR_MS = 3_600_000

/**
 * The calendar period that holds an instant. Days, weeks (from Monday) and months begin at local midnight, whatever
 * the length that daylight saving gives them; `total` begins at 0 and never ends.
 */
export function periodBounds(period: Period, nowMs: number): PeriodBounds {
  switch (period) {
    case 'hour':
      return hourBounds(nowMs)
    case 'day':
      return dayBounds(nowMs)
    case 'week':
      return weekBounds(nowMs)
    case 'month':
      return monthBounds(nowMs)
    case 'total':
      return { startMs: 0, endMs: null }
  }
}

/** The local day that holds an instant: 24 hours, or 22 to 26 where daylight saving changes. */
export function dayBounds(nowMs: number): ClosedBounds {
  const now = new Date(nowMs)
  return between(now.getFullYear(), now.getMonth(), now.getDate(), 1)
}

/**
 * The local hour that holds an instant. It never reaches over a change of the local time's offset: the hour that
 * daylight saving repeats is two periods, and a shift by half an hour (Lord Howe Island) makes a shorter one.
 */
export function hourBounds(nowMs: number): ClosedBounds {
  const now = new Date(nowMs)
  const intoHour = now.getMinutes() * 60_000 + now.getSeconds() * 1000 + now.getMilliseconds()
  const startMs = nowMs - intoHour
  const endMs = startMs + HOUR_MS
  return {
    startMs: offsetAt(startMs) === offsetAt(nowMs) ? startMs : firstWithOffset(startMs, nowMs),
    endMs: offsetAt(endMs - 1) === offsetAt(nowMs) ? endMs : firstWithOffset(nowMs, endMs - 1),
  }
}

/** The local midnight that begins the day `days` calendar days before the one that holds an instant. */
export function dayStartBefore(nowMs: number, days: number): number {
  const now = new Date(nowMs)
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days).getTime()
}

function weekBounds(nowMs: number): ClosedBounds {
  const now = new Date(nowMs)
  const sinceMonday = (now.getDay() + 6) % 7
  return between(now.getFullYear(), now.getMonth(), now.getDate() - sinceMonday, 7)
}

function monthBounds(nowMs: number): ClosedBounds {
  const now = new Date(nowMs)
  return {
    startMs: new Date(now.getFullYear(), now.getMonth(), 1).getTime(),
    endMs: new Date(now.getFullYear(), now.getMonth() + 1, 1).getTime(),
  }
}

/** A midnight that daylight saving skips is read as the first instant of its day (ECMA-262, UTC(t)). */
function between(year: number, month: number, date: number, days: number): ClosedBounds {
  return {
    startMs: new Date(year, month, date).getTime(),
    endMs: new Date(year, month, date + days).getTime(),
  }
}

/** Minutes, as `Date` reports them. */
function offsetAt(atMs: number): number {
  return new Date(atMs).getTimezoneOffset()
}

/** The first instant with the offset of `lastMs`, where the offset changes once between the two. */
function firstWithOffset(beforeMs: number, lastMs: number): number {
  const wanted = offsetAt(lastMs)
  let before = beforeMs
  let first = lastMs
  while (first - before > 1) {
    const middle = Math.floor((before + first) / 2)
    if (offsetAt(middle) === wanted) first = middle
    else before = middle
  }
  return first
}
