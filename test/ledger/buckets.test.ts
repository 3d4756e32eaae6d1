import { afterEach, describe, expect, it } from 'vitest'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { grantUsdc, makeAttempt, makeLedger, makeReservation, SITE, usdc } from './make-ledger.ts'

const ZONE = process.env.TZ
const HOUR = 3_600_000
const at = (iso: string) => Date.parse(iso)

/** Node reads TZ again whenever it is assigned. */
function useZone(zone: string): void {
  process.env.TZ = zone
}

afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ
  else process.env.TZ = ZONE
})

async function left(ledger: Ledger): Promise<bigint> {
  const [use] = await ledger.budgetUse(SITE)
  return use?.remaining ?? -1n
}

async function spend(ledger: Ledger, amount: string): Promise<string> {
  const result = await ledger.reserve(makeReservation({ amount: usdc(amount) }))
  if (result.kind !== 'reserved') throw new Error(result.kind)
  return result.payment.id
}

describe('what is left', () => {
  it.each(['hour', 'day', 'week', 'month', 'total'] as const)(
    'by the %s never grows when the clock is set back',
    async (period) => {
      useZone('Europe/Berlin')
      const { ledger, clock } = await makeLedger({ atMs: at('2026-05-13T10:30Z') })
      await grantUsdc(ledger, '0.05', { period })
      await spend(ledger, '0.01')
      clock.set(at('2026-07-20T08:15Z'))
      await spend(ledger, '0.02')
      const now = await left(ledger)
      for (const earlier of [
        '2026-07-20T07:59Z',
        '2026-07-19T08:15Z',
        '2026-06-30T00:00Z',
        '2026-05-13T10:40Z',
        '2020-01-01T00:00Z',
      ]) {
        clock.set(at(earlier))
        expect(await left(ledger)).toBeLessThanOrEqual(now)
      }
      clock.set(at('2026-05-13T10:45Z'))
      expect(await left(ledger)).toBe(usdc('0.02'))
    },
  )

  it.each(['hour', 'day', 'week', 'month', 'total'] as const)(
    'by the %s never grows when the clock is set back to before the period was chosen',
    async (period) => {
      useZone('Europe/Berlin')
      const { ledger, clock } = await makeLedger({ atMs: at('2026-05-13T10:30Z') })
      const { budget } = await grantUsdc(ledger, '0.05', { period: 'day' })
      await spend(ledger, '0.01')
      clock.set(at('2026-07-18T08:15Z'))
      await spend(ledger, '0.02')
      clock.set(at('2026-07-20T08:15Z'))
      await grantUsdc(ledger, '0.05', { period, id: budget.id })
      for (const [earlier, remaining] of [
        ['2026-07-18T08:30Z', '0.03'],
        ['2026-05-13T10:45Z', '0.02'],
        ['2020-01-01T00:00Z', '0.02'],
      ] as const) {
        clock.set(at(earlier))
        expect(await left(ledger)).toBe(usdc(period === 'total' ? '0.02' : remaining))
      }
    },
  )

  it.each(['hour', 'day', 'week', 'month'] as const)(
    'by the %s never grows when the time zone changes',
    async (period) => {
      useZone('Asia/Tokyo')
      const now = at('2026-05-31T14:20Z') // 23:20 in Tokyo, the last of the month, a Sunday
      const { ledger } = await makeLedger({ atMs: now })
      await grantUsdc(ledger, '0.05', { period })
      await spend(ledger, '0.01')
      for (const zone of [
        'UTC',
        'America/Los_Angeles',
        'Pacific/Kiritimati',
        'Asia/Kathmandu',
        'Asia/Tokyo',
      ]) {
        useZone(zone)
        expect(await left(ledger)).toBe(usdc('0.04'))
      }
    },
  )

  it('counts a day that another time zone has not finished', async () => {
    useZone('America/Los_Angeles')
    const { ledger, clock } = await makeLedger({ atMs: at('2026-05-13T20:00Z') })
    await grantUsdc(ledger, '0.05')
    await spend(ledger, '0.01')
    // In Tokyo the 14th has begun; the day of Los Angeles, in which it was spent, ends at 07:00 UTC.
    useZone('Asia/Tokyo')
    clock.set(at('2026-05-13T21:00Z'))
    expect(await left(ledger)).toBe(usdc('0.04'))
    clock.set(at('2026-05-14T16:00Z'))
    expect(await left(ledger)).toBe(usdc('0.05'))
  })

  it('renews over the repeated hour of a change of the clock, and not within it', async () => {
    useZone('Europe/Berlin')
    const { ledger, clock } = await makeLedger({ atMs: at('2026-10-25T00:10Z') })
    await grantUsdc(ledger, '0.05', { period: 'hour' })
    await spend(ledger, '0.01')
    clock.set(at('2026-10-25T00:59:59.999Z'))
    expect(await left(ledger)).toBe(usdc('0.04'))
    clock.set(at('2026-10-25T01:00Z'))
    expect(await left(ledger)).toBe(usdc('0.05'))
  })

  it('lasts for the 25 hours of the day on which the clock goes back', async () => {
    useZone('Europe/Berlin')
    const { ledger, clock } = await makeLedger({ atMs: at('2026-10-24T22:00Z') })
    await grantUsdc(ledger, '0.05')
    await spend(ledger, '0.01')
    clock.set(at('2026-10-25T22:59:59.999Z'))
    expect(await left(ledger)).toBe(usdc('0.04'))
    clock.advance(1)
    expect(await left(ledger)).toBe(usdc('0.05'))
  })

  it('moves amounts in the buckets of the reservation, whatever the clock and the zone say then', async () => {
    useZone('Europe/Berlin')
    const { ledger, clock } = await makeLedger({ atMs: at('2026-05-13T10:30Z') })
    for (const period of ['hour', 'day', 'month', 'total'] as const) {
      clock.set(at('2026-05-13T10:30Z'))
      useZone('Europe/Berlin')
      const { revision } = await grantUsdc(ledger, '0.05', { period })
      const ids = []
      for (const amount of [usdc('0.01'), usdc('0.02')]) {
        const result = await ledger.reserve(makeReservation({ amount, grantRevision: revision }))
        if (result.kind !== 'reserved') throw new Error(result.kind)
        await ledger.present(result.payment.id, makeAttempt(amount))
        ids.push(result.payment.id)
      }
      clock.advance(50 * 24 * HOUR)
      useZone('Pacific/Auckland')
      await ledger.settle(ids[0] ?? '', 'chain', { charged: usdc('0.01'), transaction: 'tx' })
      await ledger.release(ids[1] ?? '')
      clock.set(at('2026-05-13T10:30Z'))
      useZone('Europe/Berlin')
      expect(await ledger.budgetUse(SITE)).toMatchObject([{ used: { settled: usdc('0.01'), live: 0n } }])
    }
  })
})
