/** The ledger over the browser's own IndexedDB, in a page of the extension. */
import { formatAtomic, parseAtomic } from '../../../src/domain/amount.ts'
import { BASE } from '../../../src/domain/network.ts'
import { parseOrigin } from '../../../src/domain/principal.ts'
import { createLedger } from '../../../src/ledger/create-ledger.ts'
import type { Ledger, LedgerDump, Reservation } from '../../../src/ledger/ledger.ts'
import { deleteLedgerDatabase, openLedgerDatabase } from '../../../src/ledger/open-database.ts'

const SITES = Array.from({ length: 40 }, (_, index) => originOf(`https://site-${index}.example`))
const SITE = SITES[0] ?? originOf('https://site.example')
const PAYEE = '0x6992c688c56BE442EfE1E1cE7D5c95212ED7d59B'
const USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
const DAY_MS = 86_400_000
const AMOUNT = parseAtomic('4474')

function originOf(text: string) {
  const origin = parseOrigin(text)
  if (!origin) throw new Error(text)
  return origin
}

const clock = { nowMs: () => Date.now() }
const ledgers = new Map<string, Ledger>()
let serial = 0

const bench = {
  /** A ledger of so many paid requests over a year; an unlocked wallet and a budget for the first site. */
  async open(name: string, entries: number): Promise<number> {
    const ledger = createLedger({
      openDatabase: (onClosed) => openLedgerDatabase(onClosed, name),
      deleteDatabase: () => deleteLedgerDatabase(name),
      clock,
      newId: () => crypto.randomUUID(),
    })
    ledgers.set(name, ledger)
    const missing = entries - (await ledger.countHistory())
    if (missing > 0) await ledger.merge(await dumpOf(ledger, missing))
    await ledger.setUnlockedUntil(Date.now() + DAY_MS)
    const { limits } = await ledger.getGuards()
    const wide = {
      enabled: true,
      maxPerRequest: parseAtomic('1000000'),
      perDay: parseAtomic('1000000000000'),
    }
    await ledger.setLimits({ ...limits, USDC: wide })
    await ledger.putBudget(SITE, {
      ...({ currency: 'USDC', period: 'day', models: 'all', expiresAtMs: null } as const),
      ...{ cap: parseAtomic('1000000000000'), maxPerRequest: parseAtomic('1000000') },
    })
    await ledger.setMode(SITE, 'auto')
    return ledger.countHistory()
  },

  /** Adds so many paid requests to the extension's own ledger. */
  async fillOwn(entries: number): Promise<number> {
    const ledger = createLedger({
      openDatabase: (onClosed) => openLedgerDatabase(onClosed),
      deleteDatabase: () => deleteLedgerDatabase(),
      clock,
      newId: () => crypto.randomUUID(),
    })
    await ledger.merge(await dumpOf(ledger, entries))
    return ledger.countHistory()
  },

  /** ms for one, of `times` in a row. */
  async time(what: keyof typeof WORK, name: string, times: number): Promise<number> {
    const ledger = require(name)
    const start = performance.now()
    for (let time = 0; time < times; time++) await WORK[what](ledger)
    return (performance.now() - start) / times
  },

  /** One strict put of a row like a payment's, in a database that holds nothing else. */
  async bare(times: number): Promise<number> {
    const database = await bareDatabase()
    const start = performance.now()
    for (let time = 0; time < times; time++) {
      await new Promise<void>((done, fail) => {
        const tx = database.transaction('rows', 'readwrite', { durability: 'strict' })
        tx.oncomplete = () => done()
        tx.onabort = () => fail(tx.error)
        tx.objectStore('rows').put({ ...BARE_ROW, id: `row-${++serial}` })
        tx.commit()
      })
    }
    return (performance.now() - start) / times
  },
}

/** What the benchmark times; each is what the product does for it. */
const WORK = {
  async check(ledger: Ledger): Promise<void> {
    await ledger.view(SITE, 'USDC')
  },
  /** The budget is checked and the money held, in one transaction. */
  async reserve(ledger: Ledger): Promise<void> {
    const grant = await ledger.getGrant(SITE)
    const reservation = reservationOf(grant?.revision ?? null)
    await ledger.view(SITE, 'USDC')
    const result = await ledger.reserve(reservation)
    if (result.kind !== 'reserved') throw new Error(`not reserved: ${JSON.stringify(result)}`)
  },
  async decideAndReserve(ledger: Ledger): Promise<void> {
    const grant = await ledger.getGrant(SITE)
    const reservation = reservationOf(grant?.revision ?? null)
    const { principal, idempotencyKey } = reservation.request
    const result = await ledger.decideAndReserve({ principal, idempotencyKey, currency: 'USDC' }, () => ({
      ...{ kind: 'reserve', reservation },
    }))
    if (result.kind !== 'reserved') throw new Error(`not reserved: ${JSON.stringify(result)}`)
  },
  async newest(ledger: Ledger): Promise<void> {
    const { rows } = await ledger.history({}, { limit: 50 })
    if (rows.length !== 50) throw new Error(`${rows.length} rows`)
  },
  async origin(ledger: Ledger): Promise<void> {
    const { rows } = await ledger.history({ principal: SITES[1] ?? SITE }, { limit: 25 })
    if (rows.length !== 25) throw new Error(`${rows.length} rows`)
  },
  async today(ledger: Ledger): Promise<void> {
    await ledger.today()
  },
}

function require(name: string): Ledger {
  const ledger = ledgers.get(name)
  if (!ledger) throw new Error(`no ledger ${name}`)
  return ledger
}

function reservationOf(grantRevision: number | null): Reservation {
  const id = `bench-${++serial}-${crypto.randomUUID()}`
  return {
    payment: {
      ...({ scheme: 'exact', method: 'eip3009', network: BASE, currency: 'USDC' } as const),
      ...{ id: `p-${id}`, account: '0x19E7E376E7C213B7E7e7e46cc70A5dD086DAff2A', asset: USDC },
      ...{ gatewayId: 'jumpgate', payTo: PAYEE, maximum: AMOUNT },
      nonce: `0x${serial.toString(16).padStart(64, '0')}`,
    },
    request: {
      ...{ id, principal: SITE, idempotencyKey: id, bodyHash: 'aa'.repeat(32), gatewayId: 'jumpgate' },
      ...{ model: 'ambient/large', expected: AMOUNT, max: AMOUNT, held: AMOUNT, settlement: null },
    },
    ...{ booking: 'budget', grantRevision, approval: null },
  }
}

/** Settled requests, the oldest a year old, today's share as every day's; rows as the ledger itself writes them. */
async function dumpOf(ledger: Ledger, count: number): Promise<LedgerDump> {
  const first = await template(ledger)
  const nowMs = Date.now()
  const payments: unknown[] = []
  const requests: unknown[] = []
  for (let index = 0; index < count; index++) {
    const atMs = nowMs - Math.floor((index / count) * 365 * DAY_MS) - 60_000
    const id = `old-${index}`
    const principal = SITES[index % SITES.length]
    const hourStartMs = new Date(atMs).setMinutes(0, 0, 0)
    const dayStartMs = new Date(atMs).setHours(0, 0, 0, 0)
    const times = { hourStartMs, dayStartMs }
    const model = `ambient/model-${index % 12}`
    payments.push({
      ...first.payment,
      ...{ id: `p-${id}`, nonce: `0x${index.toString(16).padStart(64, '0')}`, principal, reservedAtMs: atMs },
      ...{ endedAtMs: atMs + 2_000, ...times },
      openedBy: { ...first.payment.openedBy, requestId: id, principal },
    })
    requests.push({
      ...first.request,
      ...{ id, paymentId: `p-${id}`, principal, idempotencyKey: id, model, createdAtMs: atMs },
      ...{ recency: -atMs, finishedAtMs: atMs + 2_500, budgetId: null, ...times },
    })
  }
  return { ...first.dump, payments, requests, transfers: [], grants: [], pins: [] }
}

type Stored = Record<string, unknown> & { readonly openedBy: Record<string, unknown> }

/** One request of a ledger of its own, from reservation to the chain's word. */
async function template(like: Ledger) {
  const ledger = createLedger({
    openDatabase: (onClosed) => openLedgerDatabase(onClosed, 'bench-template'),
    deleteDatabase: () => deleteLedgerDatabase('bench-template'),
    clock,
    newId: () => crypto.randomUUID(),
  })
  await ledger.setUnlockedUntil(Date.now() + DAY_MS)
  await ledger.putBudget(SITE, {
    ...({ currency: 'USDC', period: 'day', models: 'all', expiresAtMs: null } as const),
    ...{ cap: parseAtomic('1000000'), maxPerRequest: parseAtomic('50000') },
  })
  const grant = await ledger.getGrant(SITE)
  const reservation = reservationOf(grant?.revision ?? null)
  await ledger.reserve(reservation)
  await ledger.present(reservation.payment.id, {
    ...{ amount: AMOUNT, payTo: PAYEE, validBefore: Math.floor(Date.now() / 1000) + 300 },
    ...{ lastValidBlockHeight: null, signature: `0x${'11'.repeat(65)}`, payload: 'e30=' },
    presentedAtMs: Date.now(),
  })
  const facts = { charged: AMOUNT, transaction: `0x${'ab'.repeat(32)}` }
  await ledger.settle(reservation.payment.id, 'chain', facts)
  await ledger.patchRequest(reservation.request.id, { answer: 'answered' })
  const dump = await ledger.exportAll()
  await ledger.wipe()
  const [payment, request] = [dump.payments[0] as Stored, dump.requests[0] as Stored]
  return { payment, request, dump: { ...dump, limits: (await like.exportAll()).limits } }
}

const BARE_ROW = {
  ...{ scheme: 'exact', method: 'eip3009', network: BASE, currency: 'USDC', asset: USDC, payTo: PAYEE },
  ...{ maximum: formatAtomic(AMOUNT), nonce: `0x${'00'.repeat(32)}`, state: 'reserved', attempts: [] },
  ...{ reservedAtMs: 1, hourStartMs: 1, dayStartMs: 1, endedAtMs: null, charged: null, settledBy: null },
}

let bareOpened: Promise<IDBDatabase> | undefined

function bareDatabase(): Promise<IDBDatabase> {
  bareOpened ??= new Promise((done, fail) => {
    const request = indexedDB.open('bench-bare', 1)
    request.onupgradeneeded = () => request.result.createObjectStore('rows', { keyPath: 'id' })
    request.onsuccess = () => done(request.result)
    request.onerror = () => fail(request.error)
  })
  return bareOpened
}

export type LedgerBench = typeof bench
Object.assign(window, { ledgerBench: bench })

declare global {
  var ledgerBench: LedgerBench
}
