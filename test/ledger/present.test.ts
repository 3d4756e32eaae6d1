import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import type { Payment } from '../../src/domain/payment.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import {
  grantUsdc,
  makeApproval,
  makeAttempt,
  makeLedger,
  makeReservation,
  makeSession,
  NOON,
  OTHER,
  opg,
  PAYEE,
  SITE,
  usdc,
  WIDE_LIMITS,
} from './make-ledger.ts'

const DAY = 86_400_000
const OTHER_PAYEE = '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A'

async function reserved(
  ledger: Ledger,
  overrides: Parameters<typeof makeReservation>[0] = {},
): Promise<Payment> {
  const result = await ledger.reserve(
    makeReservation({ amount: usdc('0.004'), max: usdc('0.02'), ...overrides }),
  )
  if (result.kind !== 'reserved') throw new Error(JSON.stringify(result.kind))
  return result.payment
}

async function sums(ledger: Ledger) {
  const { today, period } = await ledger.view(SITE, 'USDC')
  return { today: today.live, period: period.live }
}

describe('present', () => {
  it('writes the signed bytes and the state', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const { id } = await reserved(ledger)
    const attempt = makeAttempt(usdc('0.004'))
    expect(await ledger.present(id, attempt)).toMatchObject({
      kind: 'presented',
      payment: { state: 'presented', attempts: [attempt], maximum: usdc('0.004') },
    })
    expect(await ledger.getPayment(id)).toMatchObject({ state: 'presented', attempts: [attempt] })
    expect(await sums(ledger)).toEqual({ today: 4000n, period: 4000n })
  })

  it.each([
    ['frozen', (ledger: Ledger) => ledger.setFrozen(true)],
    ['unlock-expired', (ledger: Ledger) => ledger.setUnlockedUntil(NOON)],
    ['site-paused', (ledger: Ledger) => ledger.setMode(SITE, 'paused')],
    ['site-blocked', (ledger: Ledger) => ledger.setMode(SITE, 'blocked')],
    ['grant-changed', (ledger: Ledger) => ledger.revoke(SITE)],
    ['grant-changed', (ledger: Ledger) => grantUsdc(ledger, '0.5')],
    [
      'over-limit-day',
      (ledger: Ledger) =>
        ledger.setLimits({ ...WIDE_LIMITS, USDC: { ...WIDE_LIMITS.USDC, perDay: toAtomic(3999n) } }),
    ],
    [
      'over-limit-request',
      (ledger: Ledger) =>
        ledger.setLimits({ ...WIDE_LIMITS, USDC: { ...WIDE_LIMITS.USDC, maxPerRequest: toAtomic(3999n) } }),
    ],
    [
      'currency-off',
      (ledger: Ledger) => ledger.setLimits({ ...WIDE_LIMITS, USDC: { ...WIDE_LIMITS.USDC, enabled: false } }),
    ],
  ] as const)('refuses (%s) and releases what never left', async (reason, change) => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const { id } = await reserved(ledger, { id: 'a' })
    await change(ledger)
    expect(await ledger.present(id, makeAttempt(usdc('0.004')))).toEqual({ kind: 'refused', reason })
    expect(await ledger.getRequest('a')).toMatchObject({
      payment: { state: 'released', attempts: [], charged: 0n, endedAtMs: NOON },
      request: { money: 'released', cost: 0n },
    })
    expect((await ledger.today()).USDC).toEqual({ settled: 0n, live: 0n })
    expect(await ledger.unfinished()).toEqual([])
  })

  it('keeps a presented payment live when a further attempt is refused', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const { id } = await reserved(ledger)
    await ledger.present(id, makeAttempt(usdc('0.004')))
    await ledger.setFrozen(true)
    expect(await ledger.present(id, makeAttempt(usdc('0.004')))).toEqual({
      kind: 'refused',
      reason: 'frozen',
    })
    expect(await ledger.getPayment(id)).toMatchObject({ state: 'presented', attempts: [{}] })
    expect((await ledger.today()).USDC.live).toBe(usdc('0.004'))
  })

  it('knows no payment that is unknown, settled or released', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const gone = { kind: 'refused', reason: 'no-such-payment' }
    const attempt = makeAttempt(usdc('0.004'))
    expect(await ledger.present('nobody', attempt)).toEqual(gone)
    const released = await reserved(ledger)
    await ledger.release(released.id)
    expect(await ledger.present(released.id, attempt)).toEqual(gone)
    const settled = await reserved(ledger)
    await ledger.present(settled.id, attempt)
    await ledger.settle(settled.id, 'gateway', { charged: usdc('0.004'), transaction: null })
    expect(await ledger.present(settled.id, attempt)).toEqual(gone)
  })

  describe('of a larger amount', () => {
    it('raises what is live in both books, and what the request holds', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      const { id } = await reserved(ledger, { id: 'a' })
      await ledger.present(id, makeAttempt(usdc('0.004')))
      expect(await ledger.present(id, makeAttempt(usdc('0.006')))).toMatchObject({
        payment: { maximum: usdc('0.006'), attempts: [{}, {}] },
      })
      expect(await sums(ledger)).toEqual({ today: 6000n, period: 6000n })
      expect(await ledger.getRequest('a')).toMatchObject({ request: { held: usdc('0.006') } })
    })

    it('leaves the larger one live when a smaller one follows', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      const { id } = await reserved(ledger)
      await ledger.present(id, makeAttempt(usdc('0.004')))
      await ledger.present(id, makeAttempt(usdc('0.002')))
      expect(await ledger.getPayment(id)).toMatchObject({ maximum: usdc('0.004') })
      expect(await sums(ledger)).toEqual({ today: 4000n, period: 4000n })
    })

    it('takes the budget to its last unit and refuses one unit more', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.010')
      await reserved(ledger)
      const { id } = await reserved(ledger)
      await ledger.present(id, makeAttempt(usdc('0.004')))
      expect(await ledger.present(id, makeAttempt(toAtomic(6001n)))).toEqual({
        kind: 'refused',
        reason: 'over-budget',
      })
      expect(await ledger.getPayment(id)).toMatchObject({ state: 'presented', maximum: usdc('0.004') })
      expect((await ledger.present(id, makeAttempt(toAtomic(6000n)))).kind).toBe('presented')
    })

    it("takes the person's day to its last unit and refuses one unit more", async () => {
      const limits = {
        ...WIDE_LIMITS,
        USDC: { enabled: true, maxPerRequest: usdc('1'), perDay: usdc('0.01') },
      }
      const { ledger } = await makeLedger({ limits })
      await grantUsdc(ledger, '0.5')
      await reserved(ledger)
      const { id } = await reserved(ledger)
      await ledger.present(id, makeAttempt(usdc('0.004')))
      expect(await ledger.present(id, makeAttempt(toAtomic(6001n)))).toMatchObject({
        reason: 'over-limit-day',
      })
      expect((await ledger.present(id, makeAttempt(toAtomic(6000n)))).kind).toBe('presented')
    })

    it('must fit the day of the reservation, where it counts, and today', async () => {
      const { ledger, clock } = await makeLedger()
      await grantUsdc(ledger, '0.010')
      await reserved(ledger)
      const { id } = await reserved(ledger)
      await ledger.present(id, makeAttempt(usdc('0.004')))
      clock.advance(DAY)
      expect(await ledger.present(id, makeAttempt(toAtomic(6001n)))).toMatchObject({ reason: 'over-budget' })
      expect((await ledger.present(id, makeAttempt(toAtomic(6000n)))).kind).toBe('presented')
      expect(await sums(ledger)).toEqual({ today: 0n, period: 0n })
      clock.advance(-DAY)
      expect(await sums(ledger)).toEqual({ today: 10_000n, period: 10_000n })
    })

    it('is refused above the maximum that was quoted', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      const { id } = await reserved(ledger)
      await ledger.present(id, makeAttempt(usdc('0.004')))
      expect(await ledger.present(id, makeAttempt(toAtomic(20_001n)))).toMatchObject({
        reason: 'over-approved',
      })
      expect((await ledger.present(id, makeAttempt(usdc('0.02')))).kind).toBe('presented')
    })

    it('is covered by the yes of the reservation up to its maximum, outside any budget', async () => {
      const { ledger } = await makeLedger()
      const approval = makeApproval(usdc('0.006'))
      const { id } = await reserved(ledger, { booking: 'outside', grantRevision: null, approval })
      expect((await ledger.present(id, makeAttempt(usdc('0.004')))).kind).toBe('presented')
      expect((await ledger.present(id, makeAttempt(usdc('0.006')))).kind).toBe('presented')
      expect(await ledger.present(id, makeAttempt(toAtomic(6001n)))).toMatchObject({
        reason: 'over-approved',
      })
      expect(await sums(ledger)).toEqual({ today: 6000n, period: 0n })
    })

    it('moves out of the budget with a yes for once that came later', async () => {
      const { ledger } = await makeLedger()
      const { revision } = await grantUsdc(ledger, '0.005')
      const { id } = await reserved(ledger, { id: 'a' })
      await ledger.present(id, makeAttempt(usdc('0.004')))
      const decision = {
        booking: 'outside',
        grantRevision: revision,
        approval: makeApproval(usdc('0.02')),
      } as const
      expect((await ledger.present(id, makeAttempt(usdc('0.006')), decision)).kind).toBe('presented')
      expect(await ledger.getRequest('a')).toMatchObject({ request: { budgetId: null, held: usdc('0.006') } })
      expect(await sums(ledger)).toEqual({ today: 6000n, period: 0n })
    })

    it('moves into the budget that was granted in the meantime', async () => {
      const { ledger } = await makeLedger()
      const approval = makeApproval(usdc('0.004'))
      const { id } = await reserved(ledger, { id: 'a', booking: 'outside', grantRevision: null, approval })
      await ledger.present(id, makeAttempt(usdc('0.004')))
      const { revision, budget } = await grantUsdc(ledger, '0.006')
      const decision = { booking: 'budget', grantRevision: revision, approval: null } as const
      expect(await ledger.present(id, makeAttempt(toAtomic(6001n)), decision)).toMatchObject({
        reason: 'over-budget',
      })
      expect((await ledger.present(id, makeAttempt(usdc('0.006')), decision)).kind).toBe('presented')
      expect(await ledger.getRequest('a')).toMatchObject({ request: { budgetId: budget.id } })
      expect(await sums(ledger)).toEqual({ today: 6000n, period: 6000n })
    })
  })

  it('sends to another payee only with a yes that names it', async () => {
    const { ledger } = await makeLedger()
    const { revision } = await grantUsdc(ledger, '0.5')
    const { id } = await reserved(ledger)
    await ledger.present(id, makeAttempt(usdc('0.004')))
    const attempt = makeAttempt(usdc('0.004'), { payTo: OTHER_PAYEE })
    expect(await ledger.present(id, attempt)).toMatchObject({ reason: 'over-approved' })
    const decision = { booking: 'budget', grantRevision: revision } as const
    const wrong = makeApproval(usdc('0.004'), { payTo: PAYEE })
    expect(await ledger.present(id, attempt, { ...decision, approval: wrong })).toMatchObject({
      reason: 'over-approved',
    })
    const right = makeApproval(usdc('0.004'), { payTo: OTHER_PAYEE })
    expect((await ledger.present(id, attempt, { ...decision, approval: right })).kind).toBe('presented')
  })

  it('looks at the grant of whoever opened a session', async () => {
    const { ledger } = await makeLedger()
    const budget = {
      currency: 'OPG',
      cap: opg('1'),
      period: 'day',
      maxPerRequest: opg('0.1'),
      models: 'all',
      expiresAtMs: null,
    } as const
    const { revision } = await ledger.putBudget(SITE, budget)
    const session = makeSession({ grantRevision: revision })
    await ledger.reserve(session)
    await ledger.setMode(OTHER, 'blocked')
    expect((await ledger.present(session.payment.id, makeAttempt(opg('1')))).kind).toBe('presented')
    const second = makeSession({ grantRevision: revision })
    await ledger.reserve(second)
    await ledger.setMode(SITE, 'paused')
    expect(await ledger.present(second.payment.id, makeAttempt(opg('1')))).toEqual({
      kind: 'refused',
      reason: 'site-paused',
    })
  })
})
