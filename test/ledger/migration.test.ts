import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { LEDGER_VERSION, STEPS } from '../../src/ledger/migrations/migrate.ts'
import type { Step } from '../../src/ledger/migrations/step.ts'
import { deleteLedgerDatabase, openLedgerDatabase } from '../../src/ledger/open-database.ts'
import { auditDatabase } from './audit.ts'
import { loadFixture, saveFixture } from './make-fixture.ts'
import {
  makeAttempt,
  makeLedger,
  makeReservation,
  NOON,
  OTHER,
  opg,
  SITE,
  TestClock,
  usdc,
} from './make-ledger.ts'

const ZONE = process.env.TZ

beforeEach(() => {
  // The fixtures were written in this zone.
  process.env.TZ = 'UTC'
})
afterEach(() => {
  if (ZONE === undefined) delete process.env.TZ
  else process.env.TZ = ZONE
})

let loaded = 0

async function openFixture(version: number): Promise<{ ledger: Ledger; name: string; clock: TestClock }> {
  loaded += 1
  const name = `fixture-${loaded}`
  const text = await readFile(new URL(`./fixtures/version-${version}.json`, import.meta.url), 'utf8')
  await loadFixture(name, JSON.parse(text))
  const clock = new TestClock(NOON + 5000)
  const ledger = createLedger({
    openDatabase: (onClosed) => openLedgerDatabase(onClosed, name),
    deleteDatabase: () => deleteLedgerDatabase(name),
    clock,
    newId: () => `${name}-id`,
  })
  return { ledger, name, clock }
}

/** What the fixture was made of: see the names of its requests. */
async function expectFixture(ledger: Ledger): Promise<void> {
  expect(await ledger.countHistory()).toBe(7)
  const { rows } = await ledger.history({}, { limit: 50 })
  const states = Object.fromEntries(
    rows.map(({ request, payment }) => [request.id, `${payment.state} ${request.money}`]),
  )
  expect(states).toEqual({
    settled: 'settled settled',
    word: 'settled settled',
    live: 'presented live',
    unsent: 'reserved live',
    released: 'released released',
    first: 'presented settled',
    second: 'presented live',
  })
  expect((await ledger.unfinished()).map((payment) => payment.state)).toEqual(
    expect.arrayContaining(['settled', 'presented', 'reserved', 'presented']),
  )
  expect(await ledger.today()).toMatchObject({
    USDC: { settled: usdc('0.005474'), live: usdc('0.005') },
    OPG: { settled: 0n, live: opg('1') },
  })
  expect(await ledger.budgetUse(SITE)).toMatchObject([
    { budget: { period: 'month', models: ['ambient/large'] }, used: { settled: usdc('0.005474'), live: 0n } },
    { budget: { period: 'total' }, used: { settled: opg('0.03'), live: opg('0.2') } },
  ])
  expect(await ledger.budgetUse(OTHER)).toMatchObject([{ used: { settled: 0n, live: usdc('0.002') } }])
  expect((await ledger.listGrants()).map((grant) => grant.mode)).toEqual(['auto', 'ask', 'blocked'])
  // These rows were written before it was kept how a stopped site paid: it asks.
  expect((await ledger.listGrants()).map((grant) => grant.resumesTo)).toEqual(['auto', 'ask', 'ask'])
  expect(await ledger.lastProofFailed('opengradient')).toBe(true)
  expect(await ledger.getPins('jumpgate')).toHaveLength(1)
  expect((await ledger.unfinishedTransfers()).map(({ id }) => id)).toEqual(['t1'])
  expect(await ledger.seen()).toMatchObject({ gateways: ['jumpgate', 'opengradient'] })
}

describe('migration', () => {
  // Every version that was ever released has a fixture here, for good.
  it.each([1, 2])('brings a database of version %s to today', async (version) => {
    const { ledger, name } = await openFixture(version)
    await expectFixture(ledger)
    expect(await auditDatabase(name)).toEqual([])
  })

  it.each([1, 2])('goes on with the work of version %s', async (version) => {
    const { ledger, name } = await openFixture(version)
    const [live, unsent] = await Promise.all([ledger.getRequest('live'), ledger.getRequest('unsent')])
    await ledger.settle(live?.payment.id ?? '', 'chain', { charged: usdc('0.002'), transaction: '0xbb' })
    await ledger.release(unsent?.payment.id ?? '')
    const { revision } = await ledger.setMode(SITE, 'auto')
    const reservation = makeReservation({ grantRevision: revision })
    expect((await ledger.reserve(reservation)).kind).toBe('reserved')
    await ledger.present(reservation.payment.id, makeAttempt(reservation.payment.maximum))
    expect((await ledger.today()).USDC).toEqual({ settled: usdc('0.007474'), live: usdc('0.004474') })
    expect(await auditDatabase(name)).toEqual([])
  })

  it('has a fixture of the newest version with exactly its stores and indexes', async () => {
    const { name } = await makeLedger()
    const text = await readFile(new URL(`./fixtures/version-${LEDGER_VERSION}.json`, import.meta.url), 'utf8')
    const shape = (fixture: Awaited<ReturnType<typeof saveFixture>>) =>
      fixture.stores.map(({ name: store, keyPath, indexes }) => ({ store, keyPath, indexes }))
    expect(shape(await saveFixture(name))).toEqual(shape(JSON.parse(text)))
  })

  it.each([1, 2])('knows the dearest request of version %s', async (version) => {
    const { ledger } = await openFixture(version)
    const settled = await ledger.getRequest('settled')
    const word = await ledger.getRequest('word')
    const costs = [settled, word].map((row) => row?.request.cost ?? 0n)
    const [most] = costs.toSorted((a, b) => (a < b ? 1 : -1))
    expect((await ledger.dearest('USDC', 0))?.request.cost).toBe(most)
    expect(await ledger.dearest('USDC', NOON + 86_400_000)).toBeNull()
    expect(await ledger.dearest('tOPG', 0)).toBeNull()
  })

  it('takes everything back where a step fails, and can be tried again', async () => {
    const { ledger, name } = await openFixture(LEDGER_VERSION)
    await ledger.getGuards()
    const failing: Step = async (database, transaction) => {
      database.createObjectStore('new')
      await transaction.objectStore('payments').clear()
      throw new Error('A defect')
    }
    const before = await saveFixture(name)
    await expect(openLedgerDatabase(() => undefined, name, [...STEPS, failing])).rejects.toThrow()
    expect(await saveFixture(name)).toEqual(before)
    await expectFixture(ledger)
  })

  it('brings an old database through all later steps at once', async () => {
    const { name } = await openFixture(1)
    const second: Step = (database) => {
      database.createObjectStore('second')
    }
    const third: Step = async (_database, transaction) => {
      await transaction.objectStore('second').put('row', 'key')
    }
    const database = await openLedgerDatabase(() => undefined, name, [...STEPS, second, third])
    expect(database.version).toBe(STEPS.length + 2)
    expect([...database.objectStoreNames]).toContain('second')
    database.close()
    expect((await saveFixture(name)).stores.find((store) => store.name === 'second')?.rows).toEqual([
      { key: 'key', row: 'row' },
    ])
  })
})
