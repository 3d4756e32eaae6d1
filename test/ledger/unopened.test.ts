import { openDB } from 'idb'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createLedger } from '../../src/ledger/create-ledger.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { deleteLedgerDatabase, openLedgerDatabase } from '../../src/ledger/open-database.ts'
import { auditDatabase } from './audit.ts'
import {
  FIRST_GRANT,
  grantUsdc,
  makeLedger,
  makeReservation,
  NOON,
  SITE,
  TestClock,
  usdc,
} from './make-ledger.ts'

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A ledger over the database of that name, which opens as told. */
function overDatabase(
  name: string,
  open: (real: () => ReturnType<typeof openLedgerDatabase>) => unknown,
): Ledger {
  return createLedger({
    openDatabase: (onClosed) =>
      open(() => openLedgerDatabase(onClosed, name)) as ReturnType<typeof openLedgerDatabase>,
    deleteDatabase: () => deleteLedgerDatabase(name),
    clock: new TestClock(NOON),
    newId: () => crypto.randomUUID(),
  })
}

/** A ledger with 0.02 USDC reserved for a site. */
async function makeSpender() {
  const made = await makeLedger()
  await grantUsdc(made.ledger, '0.5')
  await made.ledger.reserve(makeReservation({ amount: usdc('0.02') }))
  return made
}

const USES: readonly (readonly [string, (ledger: Ledger) => Promise<unknown>])[] = [
  ['reserving', (ledger) => ledger.reserve(makeReservation({ grantRevision: FIRST_GRANT }))],
  ['what was spent today', (ledger) => ledger.today()],
  ["a site's budget", (ledger) => ledger.view(SITE, 'USDC')],
  ['the limits', (ledger) => ledger.getGuards()],
  ['the history', (ledger) => ledger.history({}, { limit: 5 })],
  ['what is on its way', (ledger) => ledger.unfinished()],
  ['a dump', (ledger) => ledger.exportAll()],
  ['the freeze', (ledger) => ledger.setFrozen(true)],
]

const broken = (name: string) => () => Promise.reject(new DOMException('as told', name))
const FAILURES: readonly (readonly [string, string, () => unknown])[] = [
  ['corrupt', 'ledger-closed', broken('UnknownError')],
  ['of a newer version', 'ledger-newer', broken('VersionError')],
  ['on a full disk', 'ledger-full', broken('QuotaExceededError')],
  [
    'without IndexedDB',
    'ledger-closed',
    () => {
      throw new ReferenceError('indexedDB is not defined')
    },
  ],
]

describe('a database that does not open', () => {
  it.each(FAILURES)(
    'refuses every use with its cause, never as zero, and counts on once it opens: %s',
    async (_what, problem, fail) => {
      const { name, ledger: before } = await makeSpender()
      const spent = await before.today()
      let fails = true
      const ledger = overDatabase(name, (real) => (fails ? fail() : real()))
      for (const [, use] of USES)
        await expect(use(ledger)).rejects.toMatchObject({
          reason: 'ledger-failed',
          facts: { opened: 'no', problem },
        })
      fails = false
      expect(await ledger.today()).toEqual(spent)
      expect(spent.USDC.live).toBe(usdc('0.02'))
      const full = await ledger.reserve(makeReservation({ amount: usdc('0.5'), grantRevision: FIRST_GRANT }))
      expect(full).toMatchObject({ kind: 'refused', reason: 'over-budget' })
      expect(await auditDatabase(name)).toEqual([])
    },
  )

  it('is said to be of a newer version by the real thing, which is left as it is', async () => {
    const { name, reopen } = await makeSpender()
    const newer = await openDB(name, 99)
    newer.close()
    await expect(reopen().today()).rejects.toMatchObject({ facts: { problem: 'ledger-newer' } })
    const still = await openDB(name)
    expect(still.version).toBe(99)
    expect(await still.count('payments')).toBe(1)
    still.close()
  })

  it('is no database at all where the browser has none', async () => {
    vi.stubGlobal('indexedDB', undefined)
    const ledger = overDatabase('nowhere', (real) => real())
    await expect(ledger.today()).rejects.toMatchObject({ facts: { problem: 'ledger-closed' } })
  })

  it('is waited for ten seconds, and serves the next call when it opens late', async () => {
    const { name } = await makeSpender()
    let open = (): void => undefined
    const late = new Promise<void>((done) => {
      open = done
    })
    let openings = 0
    const ledger = overDatabase(name, async (real) => {
      openings += 1
      await late
      return real()
    })
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const waiting = expect(ledger.today()).rejects.toMatchObject({
      facts: { error: 'TimeoutError', problem: 'ledger-closed' },
    })
    await vi.advanceTimersByTimeAsync(9_999)
    await vi.advanceTimersByTimeAsync(1)
    await waiting
    vi.useRealTimers()
    open()
    expect((await ledger.today()).USDC.live).toBe(usdc('0.02'))
    expect(openings).toBe(1)
  })
})

describe('a connection that ended without a word', () => {
  it('is made anew before anything is done', async () => {
    const { name } = await makeSpender()
    const opened: { close(): void }[] = []
    const ledger = overDatabase(name, async (real) => {
      const database = await real()
      opened.push(database)
      return database
    })
    const before = await ledger.today()
    opened[0]?.close()
    expect(await ledger.today()).toEqual(before)
    opened[1]?.close()
    const reservation = makeReservation({ grantRevision: FIRST_GRANT })
    expect((await ledger.reserve(reservation)).kind).toBe('reserved')
    expect(opened).toHaveLength(3)
    expect(await auditDatabase(name)).toEqual([])
  })
})

describe('a wipe', () => {
  it('deletes a database that does not open, and begins above every revision there was', async () => {
    const { name, ledger, reopen } = await makeSpender()
    const { revision } = await ledger.getGuards()
    const newer = await openDB(name, 99)
    newer.close()
    const after = reopen()
    await after.wipe()
    expect(await after.history({}, { limit: 5 })).toMatchObject({ rows: [] })
    const guards = await after.getGuards()
    expect(guards).toMatchObject({ frozen: false, unlockedUntilMs: 0 })
    expect(guards.revision).toBeGreaterThan(revision)
    expect((await after.reserve(makeReservation({ grantRevision: FIRST_GRANT }))).kind).toBe('refused')
  })

  it('deletes nothing that opens', async () => {
    const { ledger, name } = await makeSpender()
    let deleted = 0
    const other = createLedger({
      openDatabase: (onClosed) => openLedgerDatabase(onClosed, name),
      deleteDatabase: async () => {
        deleted += 1
      },
      clock: new TestClock(NOON),
      newId: () => 'id',
    })
    await other.wipe()
    expect(deleted).toBe(0)
    expect(await ledger.history({}, { limit: 5 })).toMatchObject({ rows: [] })
  })

  it('says where even that fails', async () => {
    const ledger = createLedger({
      openDatabase: () => Promise.reject(new DOMException('as told', 'UnknownError')),
      deleteDatabase: () => Promise.reject(new DOMException('as told', 'InvalidStateError')),
      clock: new TestClock(NOON),
      newId: () => 'id',
    })
    await expect(ledger.wipe()).rejects.toMatchObject({
      reason: 'ledger-failed',
      facts: { problem: 'ledger-closed' },
    })
  })
})
