import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import type { RefuseReason } from '../../src/domain/spend-policy.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import {
  FIRST_GRANT,
  grantUsdc,
  makeApproval,
  makeAttempt,
  makeLedger,
  makeReservation,
  NOON,
  OTHER,
  SITE,
  usdc,
  WIDE_LIMITS,
} from './make-ledger.ts'

describe('reserve', () => {
  it('writes payment and request and holds the amount in both books', async () => {
    const { ledger } = await makeLedger()
    const { budget } = await grantUsdc(ledger, '0.5')
    const result = await ledger.reserve(makeReservation({ id: 'a' }))
    expect(result.kind).toBe('reserved')
    const row = await ledger.getRequest('a')
    expect(row?.request).toMatchObject({ money: 'live', answer: 'paying', budgetId: budget.id, cost: null })
    expect(row?.payment).toMatchObject({
      state: 'reserved',
      charged: null,
      principal: SITE,
      grantRevision: FIRST_GRANT,
      attempts: [],
      reservedAtMs: NOON,
    })
    const view = await ledger.view(SITE, 'USDC')
    expect(view.today).toEqual({ settled: 0n, live: usdc('0.004474') })
    expect(view.period).toEqual({ settled: 0n, live: usdc('0.004474') })
  })

  it('takes the cap to the last unit and refuses one unit more', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.01')
    expect((await ledger.reserve(makeReservation({ amount: usdc('0.005') }))).kind).toBe('reserved')
    expect(await ledger.reserve(makeReservation({ amount: toAtomic(5001n) }))).toEqual({
      kind: 'refused',
      reason: 'over-budget',
    })
    expect((await ledger.reserve(makeReservation({ amount: toAtomic(5000n) }))).kind).toBe('reserved')
    expect(await ledger.reserve(makeReservation({ amount: toAtomic(1n) }))).toMatchObject({ kind: 'refused' })
  })

  it("takes the person's day to the last unit, over all sites, and refuses one unit more", async () => {
    const limits = { ...WIDE_LIMITS, USDC: { enabled: true, maxPerRequest: usdc('1'), perDay: usdc('0.05') } }
    const { ledger } = await makeLedger({ limits })
    await grantUsdc(ledger, '5')
    const { revision } = await grantUsdc(ledger, '5', {}, OTHER)
    expect((await ledger.reserve(makeReservation({ amount: usdc('0.03') }))).kind).toBe('reserved')
    const other = { principal: OTHER, grantRevision: revision }
    expect(await ledger.reserve(makeReservation({ ...other, amount: toAtomic(20_001n) }))).toEqual({
      kind: 'refused',
      reason: 'over-limit-day',
    })
    expect((await ledger.reserve(makeReservation({ ...other, amount: usdc('0.02') }))).kind).toBe('reserved')
  })

  it('lets exactly floor(cap / price) of 200 concurrent reservations pass', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const price = usdc('0.004474')
    const results = await Promise.all(
      Array.from({ length: 200 }, () => ledger.reserve(makeReservation({ amount: price }))),
    )
    expect(results.filter((result) => result.kind === 'reserved')).toHaveLength(Number(usdc('0.5') / price))
    expect((await ledger.view(SITE, 'USDC')).period.live).toBe(price * 111n)
  })

  it('lets two instances over one database pass the same number together', async () => {
    const { ledger, reopen } = await makeLedger()
    await grantUsdc(ledger, '0.1')
    const second = reopen()
    const results = await Promise.all(
      Array.from({ length: 60 }, (_, index) =>
        (index % 2 === 0 ? ledger : second).reserve(makeReservation({ amount: usdc('0.003') })),
      ),
    )
    expect(results.filter((result) => result.kind === 'reserved')).toHaveLength(33)
  })

  it('refuses where the person changed something since the decision', async () => {
    const changes: readonly (readonly [RefuseReason, (ledger: Ledger) => Promise<unknown>])[] = [
      ['frozen', (ledger) => ledger.setFrozen(true)],
      ['unlock-expired', (ledger) => ledger.setUnlockedUntil(NOON)],
      ['site-paused', (ledger) => ledger.setMode(SITE, 'paused')],
      ['site-blocked', (ledger) => ledger.setMode(SITE, 'blocked')],
      ['grant-changed', (ledger) => ledger.setSettlement(SITE, 'private')],
      ['grant-changed', (ledger) => ledger.revoke(SITE)],
      ['grant-changed', (ledger) => ledger.revoke(SITE, 'USDC')],
      [
        'currency-off',
        (ledger) => ledger.setLimits({ ...WIDE_LIMITS, USDC: { ...WIDE_LIMITS.USDC, enabled: false } }),
      ],
      [
        'over-limit-request',
        (ledger) =>
          ledger.setLimits({ ...WIDE_LIMITS, USDC: { ...WIDE_LIMITS.USDC, maxPerRequest: toAtomic(4473n) } }),
      ],
    ]
    for (const [reason, change] of changes) {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      await change(ledger)
      expect(await ledger.reserve(makeReservation())).toEqual({ kind: 'refused', reason })
      expect(await ledger.countHistory()).toBe(0)
      expect((await ledger.view(SITE, 'USDC')).today.live).toBe(0n)
    }
  })

  it('never takes a grant made anew for the one that was revoked', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    await ledger.revoke(SITE)
    await grantUsdc(ledger, '0.5')
    expect(await ledger.reserve(makeReservation())).toEqual({ kind: 'refused', reason: 'grant-changed' })
  })

  it.each([
    ['an expired budget', { expiresAtMs: NOON }],
    ['a model that is not listed', { models: ['ambient/mini'] }],
    ['more than one request may cost', { maxPerRequest: toAtomic(4473n) }],
  ])('refuses %s', async (_what, budget) => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5', budget)
    expect(await ledger.reserve(makeReservation())).toEqual({ kind: 'refused', reason: 'over-budget' })
  })

  it('refuses in mode ask without a yes', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const { revision } = await ledger.setMode(SITE, 'ask')
    const asked = { grantRevision: revision }
    expect(await ledger.reserve(makeReservation(asked))).toEqual({ kind: 'refused', reason: 'over-approved' })
    const approval = makeApproval(usdc('0.004474'))
    expect((await ledger.reserve(makeReservation({ ...asked, approval }))).kind).toBe('reserved')
  })

  it('refuses figures of an exact payment that differ', async () => {
    const { ledger } = await makeLedger()
    const reservation = makeReservation()
    const held = { ...reservation, request: { ...reservation.request, held: toAtomic(1n) } }
    await expect(ledger.reserve(held)).rejects.toThrow('ledger-failed')
    await expect(ledger.reserve(makeReservation({ max: toAtomic(4473n) }))).rejects.toThrow('ledger-failed')
  })

  describe('with a yes for once', () => {
    const approval = makeApproval(usdc('0.01'))
    const once = { grantRevision: null, booking: 'outside', approval } as const

    it('books outside any budget, within the day of the person', async () => {
      const { ledger } = await makeLedger()
      const result = await ledger.reserve(makeReservation({ ...once, amount: usdc('0.01') }))
      expect(result).toMatchObject({ kind: 'reserved', request: { budgetId: null } })
      expect((await ledger.today()).USDC.live).toBe(usdc('0.01'))
    })

    it.each([
      ['a larger amount', { amount: toAtomic(10_001n) }, {}],
      ['another payee', {}, { payTo: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A' }],
      ['another network', {}, { network: 'eip155:84532' }],
      ['another asset', {}, { asset: '0x036CbD53842c5426634e7929541eC2318f3dCF7e' }],
      ['a later time', {}, { untilMs: NOON }],
    ])('refuses %s', async (_what, reserved, approved) => {
      const { ledger } = await makeLedger()
      const reservation = makeReservation({ ...once, approval: { ...approval, ...approved }, ...reserved })
      expect(await ledger.reserve(reservation)).toEqual({ kind: 'refused', reason: 'over-approved' })
    })

    it('refuses to book outside without any yes', async () => {
      const { ledger } = await makeLedger()
      const reservation = makeReservation({ ...once, approval: null })
      expect(await ledger.reserve(reservation)).toEqual({ kind: 'refused', reason: 'over-approved' })
    })

    it("never lifts the person's own limits", async () => {
      const limits = {
        ...WIDE_LIMITS,
        USDC: { enabled: true, maxPerRequest: usdc('1'), perDay: toAtomic(9_999n) },
      }
      const { ledger } = await makeLedger({ limits })
      const reservation = makeReservation({ ...once, amount: usdc('0.01') })
      expect(await ledger.reserve(reservation)).toEqual({ kind: 'refused', reason: 'over-limit-day' })
    })

    it('books outside what the budget could not take any more in the meantime', async () => {
      const { ledger } = await makeLedger()
      const { budget } = await grantUsdc(ledger, '0.01')
      const amount = usdc('0.006')
      const yes = { amount, approval }
      expect(await ledger.reserve(makeReservation(yes))).toMatchObject({ request: { budgetId: budget.id } })
      expect(await ledger.reserve(makeReservation(yes))).toMatchObject({ request: { budgetId: null } })
      expect((await ledger.view(SITE, 'USDC')).period.live).toBe(amount)
      expect((await ledger.today()).USDC.live).toBe(amount * 2n)
    })
  })

  describe('with an idempotency key that is taken', () => {
    it('returns the row that has it, whatever else would be refused', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      await ledger.reserve(makeReservation({ id: 'a', key: 'k' }))
      const repeat = await ledger.reserve(makeReservation({ id: 'b', key: 'k' }))
      expect(repeat).toMatchObject({ kind: 'exists', request: { id: 'a' }, payment: { state: 'reserved' } })
      await ledger.setFrozen(true)
      expect(await ledger.reserve(makeReservation({ id: 'b', key: 'k' }))).toMatchObject({ kind: 'exists' })
      expect(await ledger.countHistory()).toBe(1)
      expect((await ledger.today()).USDC.live).toBe(usdc('0.004474'))
    })

    it('lets one of ten concurrent requests with one key through', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      const results = await Promise.all(
        Array.from({ length: 10 }, () => ledger.reserve(makeReservation({ key: 'k' }))),
      )
      expect(results.map((result) => result.kind).sort()).toEqual([...Array(9).fill('exists'), 'reserved'])
    })

    it('keeps the keys of different origins apart', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      const { revision } = await grantUsdc(ledger, '0.5', {}, OTHER)
      await ledger.reserve(makeReservation({ key: 'k' }))
      const other = makeReservation({ key: 'k', principal: OTHER, grantRevision: revision })
      expect((await ledger.reserve(other)).kind).toBe('reserved')
    })

    it('refuses another request under an id that is taken', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      await ledger.reserve(makeReservation({ id: 'a', key: 'k' }))
      await expect(ledger.reserve(makeReservation({ id: 'a', key: 'other' }))).rejects.toThrow(
        'ledger-failed',
      )
      expect((await ledger.today()).USDC.live).toBe(usdc('0.004474'))
    })

    it('reserves the same request anew once nothing of it was charged', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      const first = await ledger.reserve(makeReservation({ id: 'a', key: 'k' }))
      if (first.kind !== 'reserved') throw new Error(first.kind)
      await ledger.release(first.payment.id)
      const other = makeReservation({ id: 'a', key: 'k', bodyHash: 'bb'.repeat(32) })
      expect((await ledger.reserve(other)).kind).toBe('exists')
      const again = await ledger.reserve(makeReservation({ id: 'a', key: 'k', amount: usdc('0.005') }))
      expect(again).toMatchObject({ kind: 'reserved', request: { money: 'live', held: usdc('0.005') } })
      expect(await ledger.countHistory()).toBe(1)
      expect((await ledger.view(SITE, 'USDC')).period.live).toBe(usdc('0.005'))
      expect(await ledger.requestsOf(first.payment.id)).toEqual([])
    })
  })

  describe('decideAndReserve', () => {
    const query = { principal: SITE, currency: 'USDC', idempotencyKey: 'k' } as const

    it('decides upon what the same transaction sees', async () => {
      const { ledger } = await makeLedger()
      const { budget } = await grantUsdc(ledger, '0.5')
      await ledger.reserve(makeReservation())
      const result = await ledger.decideAndReserve(query, (view) => {
        expect(view.grant?.budgets.USDC).toEqual(budget)
        expect(view.period.live).toBe(usdc('0.004474'))
        expect(view.today.live).toBe(usdc('0.004474'))
        return { kind: 'reserve', reservation: makeReservation({ key: 'k' }) }
      })
      expect(result.kind).toBe('reserved')
      expect((await ledger.view(SITE, 'USDC')).period.live).toBe(usdc('0.008948'))
    })

    it('writes nothing where the decision is another', async () => {
      const { ledger } = await makeLedger()
      expect(await ledger.decideAndReserve(query, () => ({ kind: 'stop', why: 'ask' }))).toEqual({
        kind: 'stop',
        why: 'ask',
      })
      expect(await ledger.countHistory()).toBe(0)
    })

    it('checks the caps all the same', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.001')
      const reservation = makeReservation({ key: 'k' })
      expect(await ledger.decideAndReserve(query, () => ({ kind: 'reserve', reservation }))).toEqual({
        kind: 'refused',
        reason: 'over-budget',
      })
    })

    it('finds a key that is taken', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      await ledger.reserve(makeReservation({ id: 'a', key: 'k' }))
      const reservation = makeReservation({ key: 'k' })
      expect(await ledger.decideAndReserve(query, () => ({ kind: 'reserve', reservation }))).toMatchObject({
        kind: 'exists',
        request: { id: 'a' },
      })
    })

    it('refuses a reservation for something else than was looked up', async () => {
      const { ledger } = await makeLedger()
      await grantUsdc(ledger, '0.5')
      const reservation = makeReservation({ key: 'k', principal: OTHER })
      await expect(ledger.decideAndReserve(query, () => ({ kind: 'reserve', reservation }))).rejects.toThrow(
        'ledger-failed',
      )
    })
  })

  it('hands back the presented payment to whoever repeats the key', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const first = await ledger.reserve(makeReservation({ key: 'k' }))
    if (first.kind !== 'reserved') throw new Error(first.kind)
    await ledger.present(first.payment.id, makeAttempt(first.payment.maximum))
    expect(await ledger.findByKey(SITE, 'k')).toMatchObject({ payment: { state: 'presented' } })
    expect(await ledger.findByKey(OTHER, 'k')).toBeNull()
  })
})
