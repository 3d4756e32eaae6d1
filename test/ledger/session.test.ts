import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import type { Principal } from '../../src/domain/principal.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import {
  grantUsdc,
  makeAttempt,
  makeLedger,
  makeReservation,
  makeSession,
  makeSessionRequest,
  OTHER,
  opg,
  SITE,
} from './make-ledger.ts'

async function grantOpg(ledger: Ledger, cap: string, principal: Principal = SITE): Promise<number> {
  const grant = await ledger.putBudget(principal, {
    currency: 'OPG',
    cap: opg(cap),
    period: 'day',
    maxPerRequest: opg('0.5'),
    models: 'all',
    expiresAtMs: null,
  })
  return grant.revision
}

/** A session of SITE with a cap of 1 OPG, whose first request holds 0.1, and a grant for OTHER too. */
async function openSession() {
  const test = await makeLedger()
  const { ledger } = test
  const site = await grantOpg(ledger, '1')
  const other = await grantOpg(ledger, '1', OTHER)
  const session = makeSession({ id: 'first', grantRevision: site })
  await ledger.reserve(session)
  const id = session.payment.id
  await ledger.present(id, makeAttempt(opg('1')))
  return { ...test, id, site, other }
}

const live = async (ledger: Ledger, principal: Principal) => (await ledger.view(principal, 'OPG')).period.live
const settled = async (ledger: Ledger, principal: Principal) =>
  (await ledger.view(principal, 'OPG')).period.settled

describe('an upto session', () => {
  it("holds its cap once in the person's book, and each request in its own budget", async () => {
    const { ledger, id, other } = await openSession()
    const further = makeSessionRequest(id, { principal: OTHER, grantRevision: other, amount: opg('0.2') })
    expect(await ledger.reserveInSession(further)).toMatchObject({
      kind: 'reserved',
      payment: { id, principal: null, grantRevision: null },
      request: { held: opg('0.2'), currency: 'OPG' },
    })
    expect((await ledger.today()).OPG).toEqual({ settled: 0n, live: opg('1') })
    expect(await live(ledger, SITE)).toBe(opg('0.1'))
    expect(await live(ledger, OTHER)).toBe(opg('0.2'))
    expect(await ledger.requestsOf(id)).toHaveLength(2)
  })

  it("takes a site's cap to its last unit and refuses one unit more", async () => {
    const { ledger, id, site } = await openSession()
    const ask = (amount: bigint) =>
      ledger.reserveInSession(makeSessionRequest(id, { grantRevision: site, amount: toAtomic(amount) }))
    expect((await ask(opg('0.5'))).kind).toBe('reserved')
    expect(await ask(opg('0.4') + 1n)).toEqual({ kind: 'refused', reason: 'over-budget' })
    expect((await ask(opg('0.4'))).kind).toBe('reserved')
  })

  it('lets exactly as many of 50 concurrent requests pass as its budget has room for', async () => {
    const { ledger, id, other } = await openSession()
    const results = await Promise.all(
      Array.from({ length: 50 }, () =>
        ledger.reserveInSession(
          makeSessionRequest(id, { principal: OTHER, grantRevision: other, amount: opg('0.07') }),
        ),
      ),
    )
    expect(results.filter((result) => result.kind === 'reserved')).toHaveLength(14)
  })

  it('is over while its payment is not presented, and after its end', async () => {
    const { ledger, id, site } = await openSession()
    const request = (paymentId: string) => makeSessionRequest(paymentId, { grantRevision: site })
    expect(await ledger.reserveInSession(request('nobody'))).toEqual({ kind: 'session-over' })
    const unsent = makeSession({ grantRevision: site })
    await ledger.reserve(unsent)
    expect(await ledger.reserveInSession(request(unsent.payment.id))).toEqual({ kind: 'session-over' })
    await ledger.settle(id, 'chain', { charged: opg('0.1'), transaction: 'tx' })
    expect(await ledger.reserveInSession(request(id))).toEqual({ kind: 'session-over' })
    await grantUsdc(ledger, '0.5')
    const exact = makeReservation({ grantRevision: (await ledger.getGrant(SITE))?.revision ?? null })
    await ledger.reserve(exact)
    await ledger.present(exact.payment.id, makeAttempt(exact.payment.maximum))
    expect(await ledger.reserveInSession(request(exact.payment.id))).toEqual({ kind: 'session-over' })
  })

  it('books what the gateway reports for a request, and keeps the cap on hold', async () => {
    const { ledger, id } = await openSession()
    await ledger.settleRequest('first', opg('0.03'))
    await ledger.settleRequest('first', opg('0.09'))
    expect(await ledger.getRequest('first')).toMatchObject({
      request: { money: 'settled', cost: opg('0.03'), settledBy: 'gateway' },
      payment: { state: 'presented' },
    })
    expect(await ledger.view(SITE, 'OPG')).toMatchObject({ period: { settled: opg('0.03'), live: 0n } })
    expect((await ledger.today()).OPG).toEqual({ settled: 0n, live: opg('1') })
    expect((await ledger.unfinished()).map((payment) => payment.id)).toEqual([id])
  })

  it("does not let the gateway's word move the person's book", async () => {
    const { ledger, id } = await openSession()
    await ledger.settle(id, 'gateway', { charged: opg('0.01'), transaction: 'said' })
    expect(await ledger.getPayment(id)).toMatchObject({
      state: 'presented',
      charged: null,
      transaction: 'said',
    })
    expect((await ledger.today()).OPG.live).toBe(opg('1'))
  })

  it('ends with the true sum in the book of the person', async () => {
    const { ledger, id, other } = await openSession()
    await ledger.reserveInSession(
      makeSessionRequest(id, { id: 'second', principal: OTHER, grantRevision: other }),
    )
    await ledger.settleRequest('first', opg('0.03'))
    await ledger.settleRequest('second', opg('0.02'))
    await ledger.settle(id, 'chain', { charged: opg('0.05'), transaction: 'tx' })
    expect((await ledger.today()).OPG).toEqual({ settled: opg('0.05'), live: 0n })
    for (const request of await ledger.requestsOf(id)) expect(request.settledBy).toBe('chain')
  })

  it("leaves a difference to the reported sum with the gateway: the sites' books keep what was reported", async () => {
    const { ledger, id } = await openSession()
    await ledger.settleRequest('first', opg('0.03'))
    await ledger.settle(id, 'chain', { charged: opg('0.05'), transaction: 'tx' })
    expect((await ledger.today()).OPG.settled).toBe(opg('0.05'))
    expect(await settled(ledger, SITE)).toBe(opg('0.03'))
    expect(await ledger.daily({ kind: 'gateway', gatewayId: 'opengradient' }, 1)).toMatchObject([
      { settled: opg('0.05'), live: 0n, count: 1 },
    ])
    expect(await ledger.daily({ kind: 'principal', principal: SITE }, 1)).toMatchObject([
      { settled: opg('0.03'), live: 0n, count: 1 },
    ])
    expect((await ledger.getRequest('first'))?.request.settledBy).toBe('gateway')
  })

  it('cuts what was reported down where the chain charged less, in proportion and to the unit', async () => {
    const { ledger, id, clock, other } = await openSession()
    clock.advance(1)
    await ledger.reserveInSession(
      makeSessionRequest(id, { id: 'second', principal: OTHER, grantRevision: other, amount: opg('0.2') }),
    )
    await ledger.settleRequest('first', opg('0.1'))
    await ledger.settleRequest('second', opg('0.2'))
    await ledger.settle(id, 'chain', { charged: toAtomic(10n), transaction: 'tx' })
    expect((await ledger.today()).OPG).toEqual({ settled: 10n, live: 0n })
    expect(await settled(ledger, SITE)).toBe(3n)
    expect(await settled(ledger, OTHER)).toBe(7n)
    const rows = (await ledger.requestsOf(id)).map(({ reported, settledBy }) => [reported, settledBy])
    expect(rows).toEqual([
      [opg('0.1'), 'chain'],
      [opg('0.2'), 'chain'],
    ])
  })

  it('books a report of 999,999 OPG as what its request held, and as what was charged in the end', async () => {
    const { ledger, id } = await openSession()
    await ledger.settleRequest('first', opg('999999'))
    expect(await settled(ledger, SITE)).toBe(opg('0.1'))
    expect((await ledger.getRequest('first'))?.request.reported).toBe(opg('999999'))
    await ledger.settle(id, 'chain', { charged: opg('0.01'), transaction: 'tx' })
    expect(await settled(ledger, SITE)).toBe(opg('0.01'))
  })

  it('leaves a request out that was given back before its session was settled', async () => {
    const { ledger, id, other } = await openSession()
    await ledger.reserveInSession(
      makeSessionRequest(id, { id: 'second', principal: OTHER, grantRevision: other }),
    )
    await ledger.releaseRequest('second')
    await ledger.settleRequest('first', opg('0.03'))
    await ledger.settle(id, 'chain', { charged: opg('0.05'), transaction: 'tx' })
    expect(await settled(ledger, OTHER)).toBe(0n)
    expect((await ledger.getRequest('second'))?.request.money).toBe('released')
  })

  it('has all its requests back, with what was reported, where the chain shows a charge after its release', async () => {
    const { ledger, id } = await openSession()
    await ledger.settleRequest('first', opg('0.03'))
    await ledger.release(id)
    await ledger.settle(id, 'chain', { charged: opg('0.05'), transaction: 'tx' })
    expect(await settled(ledger, SITE)).toBe(opg('0.03'))
    expect((await ledger.today()).OPG.settled).toBe(opg('0.05'))
  })

  it('gives requests without a report their share of the sum, the oldest first, at most what they held', async () => {
    const { ledger, id, clock, other } = await openSession()
    clock.advance(1)
    await ledger.reserveInSession(
      makeSessionRequest(id, { id: 'second', principal: OTHER, grantRevision: other, amount: opg('0.2') }),
    )
    await ledger.settle(id, 'chain', { charged: opg('0.25'), transaction: 'tx' })
    const costs = (await ledger.requestsOf(id)).map(({ id, cost, money }) => [id, cost, money])
    expect(costs).toEqual([
      ['first', opg('0.1'), 'settled'],
      ['second', opg('0.15'), 'settled'],
    ])
  })

  it('frees every request where nothing was charged, reported or not', async () => {
    const { ledger, id, other } = await openSession()
    await ledger.reserveInSession(
      makeSessionRequest(id, { id: 'second', principal: OTHER, grantRevision: other }),
    )
    await ledger.settleRequest('first', opg('0.03'))
    await ledger.release(id)
    expect((await ledger.today()).OPG).toEqual({ settled: 0n, live: 0n })
    expect(await settled(ledger, SITE)).toBe(0n)
    expect(await live(ledger, OTHER)).toBe(0n)
    await ledger.settleRequest('first', opg('0.03'))
    expect(await settled(ledger, SITE)).toBe(0n)
  })

  it('frees one request that the gateway did not take up, which may then be paid for in another session', async () => {
    const { ledger, id, other } = await openSession()
    const request = { id: 'second', key: 'k', principal: OTHER, grantRevision: other } as const
    await ledger.reserveInSession(makeSessionRequest(id, request))
    await ledger.releaseRequest('second')
    expect(await live(ledger, OTHER)).toBe(0n)
    expect((await ledger.reserve(makeSession(request))).kind).toBe('reserved')
    expect(await live(ledger, OTHER)).toBe(opg('0.1'))
    expect((await ledger.today()).OPG.live).toBe(opg('2'))
  })

  it('keeps what was reported when the request is said not to have been taken up after all', async () => {
    const { ledger, id, other } = await openSession()
    await ledger.reserveInSession(
      makeSessionRequest(id, { id: 'second', principal: OTHER, grantRevision: other }),
    )
    await ledger.settleRequest('second', opg('0.02'))
    await ledger.releaseRequest('second')
    expect(await settled(ledger, OTHER)).toBe(opg('0.02'))
  })

  it('keeps the hold of the request that opened it', async () => {
    const { ledger } = await openSession()
    await ledger.releaseRequest('first')
    expect(await live(ledger, SITE)).toBe(opg('0.1'))
  })

  it('counts a request on the day it was made, and the session on the day it was opened', async () => {
    const { ledger, id, clock, other } = await openSession()
    clock.advance(86_400_000)
    await ledger.reserveInSession(makeSessionRequest(id, { principal: OTHER, grantRevision: other }))
    expect(await live(ledger, OTHER)).toBe(opg('0.1'))
    expect((await ledger.today()).OPG.live).toBe(0n)
  })

  it('is no way around the switches of the person', async () => {
    const { ledger, id, site } = await openSession()
    await ledger.setFrozen(true)
    expect(await ledger.reserveInSession(makeSessionRequest(id, { grantRevision: site }))).toEqual({
      kind: 'refused',
      reason: 'frozen',
    })
  })

  it('settles requests one by one only in sessions', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    await ledger.reserve(makeReservation({ id: 'a' }))
    await expect(ledger.settleRequest('a', toAtomic(1n))).rejects.toThrow('ledger-failed')
    await expect(ledger.releaseRequest('a')).rejects.toThrow('ledger-failed')
  })
})
