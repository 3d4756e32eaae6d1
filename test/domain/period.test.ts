import { afterEach, describe, expect, it } from 'vitest'
import { PERIODS } from '../../src/domain/budget.ts'
import { dayStartBefore, hourBounds, periodBounds } from '../../src/domain/period.ts'

const ZONE = process.env.TZ

/** Node reads TZ again whenever it is assigned. */
function useZone(zone: string): void {
  process.env.TZ = zone
}

afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ
  else process.env.TZ = ZONE
})

const at = (iso: string) => Date.parse(iso)
const bounds = (start: string, end: string) => ({ startMs: at(start), endMs: at(end) })

describe('periodBounds', () => {
  it('begins hours, days, weeks on Monday and months at local time', () => {
    useZone('UTC')
    const now = at('2026-05-13T12:34:56.789Z') // a Wednesday
    expect(periodBounds('hour', now)).toEqual(bounds('2026-05-13T12:00Z', '2026-05-13T13:00Z'))
    expect(periodBounds('day', now)).toEqual(bounds('2026-05-13T00:00Z', '2026-05-14T00:00Z'))
    expect(periodBounds('week', now)).toEqual(bounds('2026-05-11T00:00Z', '2026-05-18T00:00Z'))
    expect(periodBounds('month', now)).toEqual(bounds('2026-05-01T00:00Z', '2026-06-01T00:00Z'))
    expect(periodBounds('total', now)).toEqual({ startMs: 0, endMs: null })
  })

  it('counts a boundary to the period that begins there', () => {
    useZone('UTC')
    const monday = at('2026-06-01T00:00Z')
    for (const period of ['hour', 'day', 'week', 'month'] as const) {
      expect(periodBounds(period, monday).startMs).toBe(monday)
      expect(periodBounds(period, monday - 1).endMs).toBe(monday)
    }
  })

  it('puts Sunday into the week that began on Monday', () => {
    useZone('UTC')
    expect(periodBounds('week', at('2026-05-17T23:59:59.999Z'))).toEqual(
      bounds('2026-05-11T00:00Z', '2026-05-18T00:00Z'),
    )
  })

  it('follows the year and leap days', () => {
    useZone('UTC')
    expect(periodBounds('month', at('2028-02-29T12:00Z'))).toEqual(
      bounds('2028-02-01T00:00Z', '2028-03-01T00:00Z'),
    )
    expect(periodBounds('month', at('2026-12-31T12:00Z'))).toEqual(
      bounds('2026-12-01T00:00Z', '2027-01-01T00:00Z'),
    )
    expect(periodBounds('week', at('2026-12-31T12:00Z'))).toEqual(
      bounds('2026-12-28T00:00Z', '2027-01-04T00:00Z'),
    )
  })

  // Rules of the IANA time zone database.
  it.each([
    // Berlin: clocks go forward on 29 March 2026 at 01:00 UTC and back on 25 October 2026 at 01:00 UTC.
    ['Europe/Berlin', 'day', '2026-03-29T12:00Z', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['Europe/Berlin', 'day', '2026-10-25T12:00Z', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['Europe/Berlin', 'week', '2026-10-25T12:00Z', '2026-10-18T22:00Z', '2026-10-25T23:00Z'],
    ['Europe/Berlin', 'month', '2026-03-29T12:00Z', '2026-02-28T23:00Z', '2026-03-31T22:00Z'],
    // The repeated hour, 02:00 to 03:00: first in summer time, then in winter time.
    ['Europe/Berlin', 'hour', '2026-10-25T00:30Z', '2026-10-25T00:00Z', '2026-10-25T01:00Z'],
    ['Europe/Berlin', 'hour', '2026-10-25T01:30Z', '2026-10-25T01:00Z', '2026-10-25T02:00Z'],
    // 01:00 to 03:00 by the clock is one hour.
    ['Europe/Berlin', 'hour', '2026-03-29T00:59Z', '2026-03-29T00:00Z', '2026-03-29T01:00Z'],
    ['Europe/Berlin', 'hour', '2026-03-29T01:00Z', '2026-03-29T01:00Z', '2026-03-29T02:00Z'],
    ['America/New_York', 'day', '2026-11-01T12:00Z', '2026-11-01T04:00Z', '2026-11-02T05:00Z'],
    // Lord Howe Island moves by half an hour: back on 5 April 2026 at 02:00 (15:00 UTC), forward on 4 October (15:30 UTC).
    ['Australia/Lord_Howe', 'hour', '2026-04-04T14:45Z', '2026-04-04T14:00Z', '2026-04-04T15:00Z'],
    ['Australia/Lord_Howe', 'hour', '2026-04-04T15:10Z', '2026-04-04T15:00Z', '2026-04-04T15:30Z'],
    ['Australia/Lord_Howe', 'hour', '2026-04-04T15:45Z', '2026-04-04T15:30Z', '2026-04-04T16:30Z'],
    ['Australia/Lord_Howe', 'hour', '2026-10-03T15:40Z', '2026-10-03T15:30Z', '2026-10-03T16:00Z'],
    ['Australia/Lord_Howe', 'day', '2026-04-04T20:00Z', '2026-04-04T13:00Z', '2026-04-05T13:30Z'],
    // Cairo skips midnight: on 24 April 2026 the day begins at 01:00 (22:00 UTC).
    ['Africa/Cairo', 'day', '2026-04-24T10:00Z', '2026-04-23T22:00Z', '2026-04-24T21:00Z'],
    ['Africa/Cairo', 'day', '2026-10-29T10:00Z', '2026-10-28T21:00Z', '2026-10-29T22:00Z'],
    // Samoa left out 30 December 2011.
    ['Pacific/Apia', 'day', '2011-12-31T12:00Z', '2011-12-31T10:00Z', '2012-01-01T10:00Z'],
    ['Asia/Kathmandu', 'hour', '2026-05-13T12:00Z', '2026-05-13T11:15Z', '2026-05-13T12:15Z'],
  ] as const)('in %s gives the %s of %s', (zone, period, now, start, end) => {
    useZone(zone)
    expect(periodBounds(period, at(now))).toEqual(bounds(start, end))
  })

  it.each([
    'UTC',
    'Europe/Berlin',
    'America/New_York',
    'America/St_Johns',
    'America/Havana',
    'America/Santiago',
    'Africa/Cairo',
    'Africa/Casablanca',
    'Asia/Kathmandu',
    'Asia/Beirut',
    'Australia/Lord_Howe',
    'Antarctica/Troll',
    'Pacific/Chatham',
    'Pacific/Kiritimati',
  ])('in %s holds every instant, without gaps or overlaps', (zone) => {
    useZone(zone)
    const end = at('2028-01-01T00:00Z')
    for (let now = at('2026-01-01T00:00Z'); now < end; now += 19 * 3_600_000 + 1_234_567) {
      for (const period of PERIODS) {
        const { startMs, endMs } = periodBounds(period, now)
        expect(startMs).toBeLessThanOrEqual(now)
        if (endMs === null) continue
        expect(endMs).toBeGreaterThan(now)
        expect(periodBounds(period, startMs)).toEqual({ startMs, endMs })
        expect(periodBounds(period, endMs - 1)).toEqual({ startMs, endMs })
        expect(periodBounds(period, endMs).startMs).toBe(endMs)
      }
    }
  })

  it('keeps an hour within its day', () => {
    useZone('Antarctica/Troll')
    const end = at('2027-01-01T00:00Z')
    for (let now = at('2026-01-01T00:00Z'); now < end; now += 5_400_000) {
      const day = periodBounds('day', now)
      const hour = hourBounds(now)
      expect(hour.startMs).toBeGreaterThanOrEqual(day.startMs)
      expect(hour.endMs).toBeLessThanOrEqual(day.endMs ?? 0)
    }
  })
})

describe('dayStartBefore', () => {
  it('goes back by calendar days over a change of the clock', () => {
    useZone('Europe/Berlin')
    expect(dayStartBefore(at('2026-03-30T12:00Z'), 1)).toBe(at('2026-03-28T23:00Z'))
    expect(dayStartBefore(at('2026-03-30T12:00Z'), 0)).toBe(at('2026-03-29T22:00Z'))
  })
})
