import { openDB } from 'idb'
import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { deleteLedgerDatabase, openLedgerDatabase } from '../../src/ledger/open-database.ts'
import { auditDatabase, readEverything } from './audit.ts'
import { countRequests, withFault } from './make-faults.ts'
import {
  grantUsdc,
  makeAttempt,
  makeLedger,
  makeReservation,
  makeSession,
  opg,
  SITE,
  TestClock,
  usdc,
} from './make-ledger.ts'

/** A ledger with one request presented, one reserved, and an open session. */
async function makeBusy() {
  const test = await makeLedger()
  const { ledger } = test
  await grantUsdc(ledger, '0.5')
  const { revision } = await ledger.putBudget(SITE, {
    currency: 'OPG',
    cap: opg('1'),
    period: 'month',
    maxPerRequest: opg('0.5'),
    models: 'all',
    expiresAtMs: null,
  })
  const one = makeReservation({ id: 'one', grantRevision: revision })
  const two = makeReservation({ id: 'two', grantRevision: revision, max: usdc('0.02') })
  const session = makeSession({ id: 'three', grantRevision: revision })
  for (const reservation of [one, two, session]) await ledger.reserve(reservation)
  await ledger.present(two.payment.id, makeAttempt(two.payment.maximum))
  await ledger.present(session.payment.id, makeAttempt(session.payment.maximum))
  return { ...test, revision, one: one.payment.id, two: two.payment.id, session: session.payment.id }
}

type Busy = Awaited<ReturnType<typeof makeBusy>>
const word = { charged: toAtomic(4474n), transaction: 'tx' }

const WRITES: readonly (readonly [string, (test: Busy) => Promise<unknown>])[] = [
  ['reserve', ({ ledger, revision }) => ledger.reserve(makeReservation({ grantRevision: revision }))],
  ['present', ({ ledger, one }) => ledger.present(one, makeAttempt(toAtomic(4474n)))],
  ['present of more', ({ ledger, two }) => ledger.present(two, makeAttempt(usdc('0.01')))],
  [
    'present that is refused',
    async ({ ledger, one }) => {
      await ledger.present(one, makeAttempt(usdc('1')))
    },
  ],
  ["settle by the gateway's word", ({ ledger, two }) => ledger.settle(two, 'gateway', word)],
  ['settle by the chain', ({ ledger, two }) => ledger.settle(two, 'chain', word)],
  ['settle a session', ({ ledger, session }) => ledger.settle(session, 'chain', word)],
  ['settle a request', ({ ledger }) => ledger.settleRequest('three', opg('0.01'))],
  ['release', ({ ledger, two }) => ledger.release(two)],
  ['a budget', ({ ledger }) => grantUsdc(ledger, '0.1', { period: 'total' })],
  ['a revocation', ({ ledger }) => ledger.revoke(SITE)],
  ['the freeze', ({ ledger }) => ledger.setFrozen(true)],
  ['a merge', async ({ ledger }) => ledger.merge(await (await makeBusy()).ledger.exportAll())],
  ['a wipe', ({ ledger }) => ledger.wipe()],
]

describe('a write that fails', () => {
  it.each(WRITES)('leaves nothing half-written: %s', async (_what, write) => {
    const length = await countRequests(async () => write(await makeBusy()))
    const start = await countRequests(makeBusy)
    let hits = 0
    for (const kind of ['abort', 'quota'] as const) {
      for (let at = start + 1; at <= length; at += 1) {
        const test = await makeBusy()
        const before = await readEverything(test.name)
        // The faults count from here on.
        const failed = await withFault({ at: at - start, kind }, () => write(test)).then(
          () => null,
          (error: unknown) => error,
        )
        const after = await readEverything(test.name)
        if (failed !== null) {
          hits += 1
          expect(failed).toMatchObject({ name: 'ChatError', reason: 'ledger-failed' })
          expect(after).toEqual(before)
        }
        expect(await auditDatabase(test.name)).toEqual([])
      }
    }
    // Every request of the write but perhaps the last, after which it commits, takes it down.
    expect(hits).toBeGreaterThanOrEqual(length - start)
  })

  it('is tried again after the fault without any other step', async () => {
    const test = await makeBusy()
    const reservation = makeReservation({ grantRevision: test.revision })
    const failing = withFault({ at: 3, kind: 'quota' }, () => test.ledger.reserve(reservation))
    await expect(failing).rejects.toMatchObject({
      reason: 'ledger-failed',
      facts: { error: 'QuotaExceededError' },
    })
    expect((await test.ledger.reserve(reservation)).kind).toBe('reserved')
  })
})

/** Overwrites part of the only row of a store, as a defect or a broken disk would. */
async function damage(
  name: string,
  store: string,
  change: (row: Record<string, unknown>) => void,
): Promise<void> {
  const database = await openDB(name)
  const tx = database.transaction(store, 'readwrite')
  for (let cursor = await tx.store.openCursor(); cursor !== null; cursor = await cursor.continue()) {
    change(cursor.value)
    await cursor.update(cursor.value)
  }
  await tx.done
  database.close()
}

describe('a row that does not parse', () => {
  const unreadable: readonly (readonly [
    string,
    string,
    (row: Record<string, unknown>) => void,
    (ledger: Ledger) => Promise<unknown>,
  ])[] = [
    [
      'a total without its sum',
      'totals',
      (row) => delete row.live,
      (ledger) => ledger.reserve(makeReservation()),
    ],
    ['a negative total', 'totals', (row) => Object.assign(row, { live: '-1' }), (ledger) => ledger.today()],
    [
      'a total as a number',
      'totals',
      (row) => Object.assign(row, { settled: 0 }),
      (ledger) => ledger.view(SITE, 'USDC'),
    ],
    [
      'limits that are gone',
      'guards',
      (row) => delete row.limits,
      (ledger) => ledger.reserve(makeReservation()),
    ],
    [
      'a freeze that is no switch',
      'guards',
      (row) => Object.assign(row, { frozen: 0 }),
      (ledger) => ledger.getGuards(),
    ],
    [
      'a grant of an unknown mode',
      'grants',
      (row) => Object.assign(row, { mode: 'on' }),
      (ledger) => ledger.listGrants(),
    ],
    [
      'a payment in an unknown state',
      'payments',
      (row) => Object.assign(row, { state: '' }),
      (ledger) => ledger.unfinished(),
    ],
    [
      'a payment of a fraction',
      'payments',
      (row) => Object.assign(row, { maximum: '0.5' }),
      (ledger) => ledger.unfinished(),
    ],
    [
      'a request of nobody',
      'requests',
      (row) => Object.assign(row, { principal: 'file:' }),
      (ledger) => ledger.history({}, { limit: 1 }),
    ],
  ]

  it.each(unreadable)('never counts as zero: %s', async (_what, store, change, read) => {
    const { ledger, name, reopen } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    await ledger.reserve(makeReservation())
    await damage(name, store, change)
    await expect(read(reopen())).rejects.toMatchObject({ reason: 'ledger-failed' })
  })

  it('is noticed where the row of a budget without end is missing', async () => {
    const { ledger, name } = await makeLedger()
    await grantUsdc(ledger, '0.5', { period: 'total' })
    const database = await openDB(name)
    await database.clear('totals')
    database.close()
    await expect(ledger.reserve(makeReservation())).rejects.toMatchObject({ reason: 'ledger-failed' })
  })
})

describe('the connection', () => {
  it('is made anew after the database could not be opened', async () => {
    let opened = 0
    const ledger = createLedger({
      openDatabase: (onClosed) => {
        opened += 1
        return opened === 1
          ? Promise.reject(new Error('blocked'))
          : openLedgerDatabase(onClosed, 'opens-late')
      },
      deleteDatabase: () => deleteLedgerDatabase('opens-late'),
      clock: new TestClock(0),
      newId: () => 'id',
    })
    await expect(ledger.getGuards()).rejects.toMatchObject({ reason: 'ledger-failed' })
    expect(await ledger.getGuards()).toMatchObject({ frozen: false })
    expect(opened).toBe(2)
  })

  it('makes way for a newer version and opens again', async () => {
    const { ledger, name } = await makeLedger()
    await ledger.setFrozen(true)
    const newer = await openDB(name, 99)
    newer.close()
    await expect(ledger.getGuards()).rejects.toMatchObject({
      reason: 'ledger-failed',
      facts: { error: 'VersionError' },
    })
  })
})
