import { minimum } from '../domain/amount.ts'
import type { Grant, Guards, Limit, Limits } from '../domain/budget.ts'
import { CURRENCIES } from '../domain/currency.ts'
import { DEFAULT_LIMITS } from '../domain/default-limits.ts'
import { ChatError } from '../domain/errors.ts'
import type { RequestRow, Transfer } from '../domain/payment.ts'
import { inTime, isUnopened, nameOf } from './connection.ts'
import { entriesBetween, rowText } from './entries.ts'
import { PERSON, readGrant, readGuards, writeGuards } from './facts.ts'
import { writeGrant } from './grants.ts'
import type { Ledger, LedgerDump } from './ledger.ts'
import { LEDGER_VERSION } from './migrations/migrate.ts'
import type { LedgerDeps } from './ports.ts'
import { budgetsInPlace, presumePresented, rebooked, stricterOf } from './presume-restored.ts'
import { parseGrant } from './rows/grant-row.ts'
import { FIRST_GUARDS, parseLimits, toStoredGuards } from './rows/guards-row.ts'
import { type LedgerPayment, parsePayment, toStoredPayment } from './rows/payment-row.ts'
import { parseRequest, toStoredRequest } from './rows/request-row.ts'
import { toStored } from './rows/stored.ts'
import { parseTotal, toStoredTotal } from './rows/total-row.ts'
import { parseTransfer, toStoredTransfer } from './rows/transfer-row.ts'
import { type LedgerSchema, STORES, type StoreName } from './schema.ts'
import { byRow, emptied, emptyLife, ownKindOf, withEntries } from './total-math.ts'
import { type NoteChange, put, type ReadTx, type Transactor, type WriteTx } from './transact.ts'

/** Rows looked up at a time. */
const CHUNK = 1000

/** The whole ledger as rows, and back; only additions ever come in. */
export function createDump(
  transactor: Transactor,
  deps: Pick<LedgerDeps, 'deleteDatabase' | 'clock'>,
): Pick<Ledger, 'exportAll' | 'merge' | 'wipe'> {
  return {
    exportAll: () => transactor.read(STORES, readDump),

    merge: async (dump) => {
      const rows = parseDump(dump)
      return transactor.write(STORES, 'strict', async (tx, note) => {
        const here = (await tx.objectStore('grants').getAll()).map(parseGrant)
        const inPlace = budgetsInPlace(here, rows.grants)
        const payments = await addPayments(tx, rows.payments.map(presumePresented))
        const requests = await addRequests(
          tx,
          rows.requests.map((request) => rebooked(request, inPlace)),
        )
        const transfers = await addTransfers(tx, rows.transfers)
        const grants = await addGrants(tx, rows.grants, note)
        await lowerUnchosenLimits(tx, rows.limits)
        await rebuildTotals(tx)
        noteAll(note)
        return { payments, requests, transfers, grants }
      })
    },

    wipe: async () => {
      try {
        // Goes on growing, so that nothing decided before can meet a grant with the same revision.
        await startAnew(transactor, ({ revision }) => revision + 1)
      } catch (error) {
        if (!isUnopened(error)) throw error
        await inTime(deps.deleteDatabase()).catch((cause: unknown) => {
          throw new ChatError('ledger-failed', { error: nameOf(cause), problem: 'ledger-closed' }, { cause })
        })
        // How far it had grown is not known any more; it never counted milliseconds.
        await startAnew(transactor, () => deps.clock.nowMs())
      }
    },
  }
}

function startAnew(transactor: Transactor, revisionAfter: (guards: Guards) => number): Promise<void> {
  return transactor.write(STORES, 'strict', async (tx, note) => {
    const revision = revisionAfter(await readGuards(tx))
    await Promise.all(STORES.map(async (store) => tx.objectStore(store).clear()))
    put(tx.objectStore('guards'), toStoredGuards({ ...FIRST_GUARDS, revision }), PERSON)
    noteAll(note)
  })
}

async function readDump(tx: ReadTx): Promise<LedgerDump> {
  const [payments, requests, transfers, grants, guards, pins] = await Promise.all([
    rowsOf(tx, 'payments'),
    rowsOf(tx, 'requests'),
    rowsOf(tx, 'transfers'),
    rowsOf(tx, 'grants'),
    readGuards(tx),
    rowsOf(tx, 'pins'),
  ])
  return {
    version: LEDGER_VERSION,
    payments,
    requests,
    transfers,
    grants,
    limits: toStored(guards.limits),
    pins,
  }
}

/**
 * Reads every row before anything is written. Pinned terms stay out: a payee counts as approved only where the person
 * said so on this machine. Throws ChatError 'ledger-failed', or 'invalid-body' for a newer version.
 */
function parseDump(dump: LedgerDump) {
  if (dump.version > LEDGER_VERSION) throw new ChatError('invalid-body', { version: String(dump.version) })
  return {
    payments: dump.payments.map(parsePayment),
    requests: dump.requests.map(parseRequest),
    transfers: dump.transfers.map(parseTransfer),
    grants: dump.grants.map(parseGrant),
    limits: parseLimits(dump.limits),
  }
}

async function addPayments(tx: WriteTx, payments: readonly LedgerPayment[]): Promise<number> {
  const missing = await notIn(tx, 'payments', payments)
  for (const payment of missing) put(tx.objectStore('payments'), toStoredPayment(payment))
  return missing.length
}

/** A request needs its payment, and an idempotency key that nobody has. */
async function addRequests(tx: WriteTx, requests: readonly RequestRow[]): Promise<number> {
  const store = tx.objectStore('requests')
  const payments = new Set(await tx.objectStore('payments').getAllKeys())
  const missing = await notIn(tx, 'requests', requests)
  const taken = new Set<string>()
  let added = 0
  for (let start = 0; start < missing.length; start += CHUNK) {
    const chunk = missing.slice(start, start + CHUNK)
    const owners = await Promise.all(
      chunk.map(async (request) => store.index('key').getKey([request.principal, request.idempotencyKey])),
    )
    for (const [index, request] of chunk.entries()) {
      const key = JSON.stringify([request.principal, request.idempotencyKey])
      if (owners[index] !== undefined || taken.has(key) || !payments.has(request.paymentId)) continue
      taken.add(key)
      put(store, toStoredRequest(request))
      added += 1
    }
  }
  return added
}

async function addTransfers(tx: WriteTx, transfers: readonly Transfer[]): Promise<number> {
  const missing = await notIn(tx, 'transfers', transfers)
  for (const transfer of missing) put(tx.objectStore('transfers'), toStoredTransfer(transfer))
  return missing.length
}

/**
 * A grant from elsewhere spends nothing before the person resumes it, and then as it did there; a blocked one stays
 * blocked. One that is here gets no more generous than it was there. Returns how many were added.
 */
async function addGrants(tx: WriteTx, grants: readonly Grant[], note: NoteChange): Promise<number> {
  let added = 0
  for (const grant of grants) {
    const here = await readGrant(tx, grant.principal)
    if (here !== null) {
      const stricter = stricterOf(here, grant)
      if (stricter !== here) await writeGrant(tx, stricter, note)
      continue
    }
    await writeGrant(tx, { ...grant, mode: grant.mode === 'blocked' ? 'blocked' : 'paused' }, note)
    added += 1
  }
  return added
}

/** Limits that the person chose here stay; before that the lower figures hold, so that a dump never raises any. */
async function lowerUnchosenLimits(tx: WriteTx, limits: Limits): Promise<void> {
  const guards = await readGuards(tx)
  if (!CURRENCIES.every((currency) => isSame(guards.limits[currency], DEFAULT_LIMITS[currency]))) return
  const lowered: Limits = {
    USDC: lower(guards.limits.USDC, limits.USDC),
    OPG: lower(guards.limits.OPG, limits.OPG),
    tUSDC: lower(guards.limits.tUSDC, limits.tUSDC),
    tOPG: lower(guards.limits.tOPG, limits.tOPG),
  }
  await writeGuards(tx, { limits: lowered })
}

function isSame(a: Limit, b: Limit): boolean {
  return a.enabled === b.enabled && a.maxPerRequest === b.maxPerRequest && a.perDay === b.perDay
}

function lower(a: Limit, b: Limit): Limit {
  return {
    enabled: a.enabled && b.enabled,
    maxPerRequest: minimum(a.maxPerRequest, b.maxPerRequest),
    perDay: minimum(a.perDay, b.perDay),
  }
}

/** The totals as the rows have them; a budget's own rows as its period asks for, of budgets that are granted. */
async function rebuildTotals(tx: WriteTx): Promise<void> {
  const [payments, requests, grants, stored] = await Promise.all([
    rowsOf(tx, 'payments'),
    rowsOf(tx, 'requests'),
    rowsOf(tx, 'grants'),
    rowsOf(tx, 'totals'),
  ])
  const byPayment = groupByPayment(requests.map(parseRequest))
  const entries = payments
    .map(parsePayment)
    .flatMap((payment) => entriesBetween(null, { payment, requests: byPayment.get(payment.id) ?? [] }))

  const budgets = grants.map(parseGrant).flatMap((grant) => Object.values(grant.budgets))
  const wanted = new Set(budgets.map(({ id, period }) => `budget:${id} ${ownKindOf(period)}`))
  const lives = budgets
    .filter(({ period }) => period === 'total')
    .map(({ id, currency }) => emptyLife(id, currency))
  // Known ends hold: a day that began under another time zone ended when it was seen to end.
  const old = new Map(
    [...stored.map(parseTotal).map(emptied), ...lives].map((total) => [rowText(total), total]),
  )
  const rebuilt = new Map(lives.map((total) => [rowText(total), total]))
  for (const group of byRow(entries)) {
    const [first] = group
    if (first.scope !== 'all' && !wanted.has(`${first.scope} ${first.kind}`)) continue
    rebuilt.set(rowText(first), withEntries(old.get(rowText(first)), group))
  }
  await tx.objectStore('totals').clear()
  for (const total of rebuilt.values()) put(tx.objectStore('totals'), toStoredTotal(total))
}

function groupByPayment(requests: readonly RequestRow[]): ReadonlyMap<string, readonly RequestRow[]> {
  const groups = new Map<string, RequestRow[]>()
  for (const request of requests) {
    const siblings = groups.get(request.paymentId)
    if (siblings === undefined) groups.set(request.paymentId, [request])
    else siblings.push(request)
  }
  return groups
}

/** Async, so that a store which cannot be read rejects like the others. */
async function rowsOf<Name extends StoreName>(
  tx: ReadTx,
  store: Name,
): Promise<LedgerSchema[Name]['value'][]> {
  return tx.objectStore(store).getAll()
}

async function notIn<Row extends { readonly id: string }>(
  tx: ReadTx,
  store: Extract<StoreName, 'payments' | 'requests' | 'transfers'>,
  rows: readonly Row[],
): Promise<readonly Row[]> {
  const known = new Set(await tx.objectStore(store).getAllKeys())
  const missing: Row[] = []
  for (const row of rows) {
    if (known.has(row.id)) continue
    known.add(row.id)
    missing.push(row)
  }
  return missing
}

function noteAll(note: NoteChange): void {
  for (const kind of ['payment', 'request', 'grant', 'guards', 'transfer', 'pins', 'proof'] as const) {
    note({ kind, principal: null, id: null })
  }
}
