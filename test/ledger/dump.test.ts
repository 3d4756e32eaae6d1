import { describe, expect, it } from 'vitest'
import { ZERO } from '../../src/domain/amount.ts'
import { BASE } from '../../src/domain/network.ts'
import type { LedgerDump } from '../../src/ledger/ledger.ts'
import { auditDatabase, readEverything } from './audit.ts'
import {
  grantUsdc,
  makeAttempt,
  makeLedger,
  makeReservation,
  makeSession,
  makeSessionRequest,
  NOON,
  OTHER,
  opg,
  PAYEE,
  SITE,
  type TestLedger,
  USDC_BASE,
  usdc,
  WIDE_LIMITS,
} from './make-ledger.ts'

/** A ledger with one settled, one live and one released request, and an open session with two. */
async function makeFull(): Promise<TestLedger> {
  const test = await makeLedger()
  const { ledger, clock } = test
  await grantUsdc(ledger, '0.5', { period: 'month' })
  const { revision } = await ledger.putBudget(SITE, {
    currency: 'OPG',
    cap: opg('1'),
    period: 'total',
    maxPerRequest: opg('0.5'),
    models: 'all',
    expiresAtMs: null,
  })
  const [settled, live, released] = ['settled', 'live', 'released'].map((id) => {
    return makeReservation({ id: `${test.name}-${id}`, grantRevision: revision })
  })
  if (settled === undefined || live === undefined || released === undefined) throw new Error('Three')
  for (const { payment, ...rest } of [settled, live, released]) {
    await ledger.reserve({ payment, ...rest })
    await ledger.present(payment.id, makeAttempt(payment.maximum))
    clock.advance(10)
  }
  await ledger.settle(settled.payment.id, 'chain', { charged: usdc('0.004474'), transaction: '0xaa' })
  await ledger.release(released.payment.id)
  const session = makeSession({ id: `${test.name}-first`, grantRevision: revision })
  await ledger.reserve(session)
  await ledger.present(session.payment.id, makeAttempt(opg('1')))
  const further = makeSessionRequest(session.payment.id, {
    id: `${test.name}-second`,
    grantRevision: revision,
  })
  await ledger.reserveInSession(further)
  await ledger.settleRequest(`${test.name}-first`, opg('0.03'))
  await ledger.setMode(OTHER, 'blocked')
  await ledger.putTransfer({
    id: `${test.name}-t`,
    kind: 'send',
    network: BASE,
    account: PAYEE,
    asset: USDC_BASE,
    to: PAYEE,
    amount: usdc('1'),
    fee: ZERO,
    state: 'confirmed',
    transaction: '0xbb',
    attempts: [{ transaction: '0xbb', does: 'transfer', refused: false }],
    reason: null,
    createdAtMs: NOON,
    updatedAtMs: NOON,
  })
  await ledger.putPin({
    gatewayId: 'jumpgate',
    network: BASE,
    asset: USDC_BASE,
    scheme: 'exact',
    payTo: PAYEE,
    maxTimeoutSeconds: 300,
    extraJson: '{}',
    resourceJson: null,
    approvedAtMs: NOON,
  })
  return test
}

const throughJson = (dump: LedgerDump): LedgerDump => JSON.parse(JSON.stringify(dump))

describe('exportAll and merge', () => {
  it('carry everything into an empty ledger, over JSON, with the same sums', async () => {
    const from = await makeFull()
    const to = await makeLedger()
    const dump = throughJson(await from.ledger.exportAll())
    expect(await to.ledger.merge(dump)).toEqual({ payments: 4, requests: 5, transfers: 1, grants: 2 })
    expect(await to.ledger.today()).toEqual(await from.ledger.today())
    expect(await to.ledger.budgetUse(SITE)).toEqual(await from.ledger.budgetUse(SITE))
    expect(await to.ledger.countHistory()).toBe(5)
    expect(await to.ledger.daily({ kind: 'all' }, 5)).toEqual(await from.ledger.daily({ kind: 'all' }, 5))
    expect((await to.ledger.history({}, { limit: 50 })).rows).toEqual(
      (await from.ledger.history({}, { limit: 50 })).rows,
    )
    expect(await to.ledger.unfinished()).toEqual(await from.ledger.unfinished())
    expect(await to.ledger.listTransfers({ limit: 5 })).toEqual(await from.ledger.listTransfers({ limit: 5 }))
    expect(await auditDatabase(to.name)).toEqual([])
  })

  it('never double: a second time adds nothing and changes no sum', async () => {
    const from = await makeFull()
    const to = await makeLedger()
    const dump = await from.ledger.exportAll()
    await to.ledger.merge(dump)
    const before = await readEverything(to.name)
    expect(await to.ledger.merge(dump)).toEqual({ payments: 0, requests: 0, transfers: 0, grants: 0 })
    expect(await readEverything(to.name)).toEqual(before)
  })

  it('leave the own totals as they are, where a ledger takes its own dump', async () => {
    const { ledger, name } = await makeFull()
    const before = await readEverything(name)
    await ledger.merge(await ledger.exportAll())
    const sorted = (rows: readonly unknown[] = []) => rows.map((row) => sortedParts(row)).sort()
    const after = await readEverything(name)
    expect(sorted(after.totals)).toEqual(sorted(before.totals))
    expect({ ...after, totals: [] }).toEqual({ ...before, totals: [] })
  })

  it('keep what is here where a row is in both, however the other looks', async () => {
    const { ledger } = await makeFull()
    const old = await ledger.exportAll()
    const live = (await ledger.unfinished())[0]
    await ledger.settle(live?.id ?? '', 'chain', { charged: usdc('0.004474'), transaction: '0xcc' })
    await ledger.merge(old)
    expect(await ledger.getPayment(live?.id ?? '')).toMatchObject({ state: 'settled', transaction: '0xcc' })
    expect((await ledger.today()).USDC).toEqual({ settled: usdc('0.008948'), live: 0n })
  })

  it('add up with what was spent here', async () => {
    const from = await makeFull()
    const to = await makeFull()
    await to.ledger.merge(await from.ledger.exportAll())
    expect((await to.ledger.today()).USDC).toEqual({ settled: usdc('0.008948'), live: usdc('0.008948') })
    expect(await to.ledger.countHistory()).toBe(10)
    expect(await auditDatabase(to.name)).toEqual([])
  })

  it('let a site that was on ask go back to ask, and not to paying by itself', async () => {
    const from = await makeLedger()
    const to = await makeLedger()
    await grantUsdc(from.ledger, '0.5')
    await from.ledger.setMode(SITE, 'ask')
    await to.ledger.merge(await from.ledger.exportAll())
    expect(await to.ledger.getGrant(SITE)).toMatchObject({ mode: 'paused', resumesTo: 'ask' })
  })

  it('bring grants in paused, blocked ones blocked, and leave those that are here', async () => {
    const from = await makeFull()
    const to = await makeLedger()
    const { budget } = await grantUsdc(to.ledger, '0.1', {}, 'panel')
    await grantUsdc(from.ledger, '99', {}, 'panel')
    await to.ledger.merge(await from.ledger.exportAll())
    expect((await to.ledger.getGrant(SITE))?.mode).toBe('paused')
    expect((await to.ledger.getGrant(OTHER))?.mode).toBe('blocked')
    expect(await to.ledger.getGrant('panel')).toMatchObject({ mode: 'auto', budgets: { USDC: budget } })
    const grant = await to.ledger.getGrant(SITE)
    expect(await to.ledger.reserve(makeReservation({ grantRevision: grant?.revision ?? null }))).toEqual({
      kind: 'refused',
      reason: 'site-paused',
    })
  })

  it('bring in a payment that was only reserved as live: it may have been presented after the export', async () => {
    const from = await makeLedger()
    const { revision } = await grantUsdc(from.ledger, '0.5')
    const { payment, ...rest } = makeReservation({ id: 'unsent', grantRevision: revision })
    await from.ledger.reserve({ payment, ...rest })
    const to = await makeLedger()
    await to.ledger.merge(throughJson(await from.ledger.exportAll()))
    expect(await to.ledger.getPayment(payment.id)).toMatchObject({
      state: 'presented',
      attempts: [{ amount: payment.maximum, payTo: PAYEE, validBefore: NOON / 1000 + 3600 }],
    })
    expect((await to.ledger.today()).USDC).toEqual({ settled: 0n, live: payment.maximum })
    expect(await auditDatabase(to.name)).toEqual([])
  })

  it('count what was spent there in the budget that a principal has here, so that it is not spent again', async () => {
    const from = await makeLedger()
    const there = await grantUsdc(from.ledger, '0.5', {}, 'panel')
    const spent = makeReservation({ principal: 'panel', grantRevision: there.revision })
    await from.ledger.reserve(spent)
    await from.ledger.present(spent.payment.id, makeAttempt(spent.payment.maximum))
    const to = await makeLedger()
    const here = await grantUsdc(to.ledger, '0.5', {}, 'panel')
    await to.ledger.merge(await from.ledger.exportAll())
    const [use] = await to.ledger.budgetUse('panel')
    expect(use).toMatchObject({ budget: { id: here.budget.id }, used: { live: spent.payment.maximum } })
    expect(await auditDatabase(to.name)).toEqual([])
  })

  it('make a grant that is here as strict as it was there: paused stays paused, and the lower cap holds', async () => {
    const from = await makeLedger()
    await grantUsdc(from.ledger, '0.2', { maxPerRequest: usdc('0.01') })
    await from.ledger.setMode(SITE, 'paused')
    await grantUsdc(from.ledger, '0.1', { period: 'hour' }, OTHER)
    const to = await makeLedger()
    await grantUsdc(to.ledger, '0.5')
    await grantUsdc(to.ledger, '0.5', { period: 'day' }, OTHER)
    await to.ledger.merge(await from.ledger.exportAll())
    expect(await to.ledger.getGrant(SITE)).toMatchObject({
      mode: 'paused',
      budgets: { USDC: { cap: usdc('0.2'), maxPerRequest: usdc('0.01') } },
    })
    // An hour's cap says nothing of a day's.
    expect(await to.ledger.getGrant(OTHER)).toMatchObject({
      mode: 'auto',
      budgets: { USDC: { cap: usdc('0.5') } },
    })
  })

  it('never raise a limit', async () => {
    const from = await makeLedger({
      limits: { ...WIDE_LIMITS, tOPG: { ...WIDE_LIMITS.tOPG, perDay: opg('3') } },
    })
    const dump = await from.ledger.exportAll()
    const fresh = await makeLedger()
    await fresh.ledger.wipe()
    const before = (await fresh.ledger.getGuards()).limits
    await fresh.ledger.merge(dump)
    expect((await fresh.ledger.getGuards()).limits).toEqual({
      ...before,
      tOPG: { ...before.tOPG, perDay: opg('3') },
    })
    const chosen = await makeLedger()
    await chosen.ledger.merge(dump)
    expect((await chosen.ledger.getGuards()).limits).toEqual(WIDE_LIMITS)
  })

  it('trust no payee that was approved elsewhere', async () => {
    const from = await makeFull()
    const to = await makeLedger()
    const dump = await from.ledger.exportAll()
    expect(dump.pins).toHaveLength(1)
    await to.ledger.merge(dump)
    expect(await to.ledger.getPins('jumpgate')).toEqual([])
  })

  it.each<[string, (dump: LedgerDump) => LedgerDump]>([
    ['a row that does not parse', (dump) => ({ ...dump, payments: [...dump.payments, { id: 'x' }] })],
    ['limits that do not parse', (dump) => ({ ...dump, limits: {} })],
    ['a newer version', (dump) => ({ ...dump, version: 999 })],
  ])('refuse %s whole', async (_what, spoil) => {
    const from = await makeFull()
    const to = await makeLedger()
    const before = await readEverything(to.name)
    await expect(to.ledger.merge(spoil(await from.ledger.exportAll()))).rejects.toMatchObject({
      name: 'ChatError',
    })
    expect(await readEverything(to.name)).toEqual(before)
  })

  it('leave out requests without a payment, and those whose key is taken', async () => {
    const from = await makeFull()
    const to = await makeLedger()
    const dump = await from.ledger.exportAll()
    expect(await to.ledger.merge({ ...dump, payments: [] })).toMatchObject({ payments: 0, requests: 0 })
    const other = await makeLedger()
    await grantUsdc(other.ledger, '1')
    const reserved = await other.ledger.reserve(makeReservation({ key: `key-${from.name}-settled` }))
    expect(reserved.kind).toBe('reserved')
    expect(await other.ledger.merge(dump)).toMatchObject({ payments: 4, requests: 4 })
  })
})

/** Rows compared without the order of their parts. */
function sortedParts(row: unknown): string {
  const copy = structuredClone(row)
  if (typeof copy === 'object' && copy !== null && 'parts' in copy && Array.isArray(copy.parts)) {
    copy.parts.sort((a, b) => (a.name < b.name ? -1 : 1))
  }
  return JSON.stringify(copy, Object.keys(Object(copy)).sort().concat('name', 'settled', 'live', 'count'))
}

describe('a dump that was tampered with', () => {
  it('brings in one of two requests with one key', async () => {
    const from = await makeFull()
    const to = await makeLedger()
    const dump = throughJson(await from.ledger.exportAll())
    const twin = { ...Object(dump.requests[0]), id: 'twin' }
    expect(await to.ledger.merge({ ...dump, requests: [...dump.requests, twin] })).toMatchObject({
      requests: 5,
    })
    expect(await auditDatabase(to.name)).toEqual([])
  })
})

describe('wipe', () => {
  it('forgets everything, and locks', async () => {
    const { ledger, name } = await makeFull()
    const { revision } = await ledger.getGuards()
    await ledger.wipe()
    const rows = await readEverything(name)
    expect(rows).toMatchObject({
      payments: [],
      requests: [],
      transfers: [],
      grants: [],
      pins: [],
      totals: [],
      meta: [],
    })
    expect(await ledger.getGuards()).toMatchObject({ unlockedUntilMs: 0, frozen: false })
    expect((await ledger.getGuards()).revision).toBeGreaterThan(revision)
  })
})
