import { ZERO } from '../domain/amount.ts'
import { ChatError } from '../domain/errors.ts'
import type { RequestRow } from '../domain/payment.ts'
import { nextState, standingOf } from '../domain/payment-state.ts'
import { type Books, type Entry, entriesBetween } from './entries.ts'
import { type LedgerPayment, parsePayment, toStoredPayment } from './rows/payment-row.ts'
import { parseRequest, toStoredRequest } from './rows/request-row.ts'
import type { StoreName } from './schema.ts'
import { createTotals, type OwnRows, type Totals } from './totals.ts'
import { type Addable, add, type NoteChange, put, type ReadTx, type WriteTx } from './transact.ts'

/** The stores that `writeBooks` writes. */
export const BOOK_STORES: readonly StoreName[] = ['payments', 'requests', 'totals']

export async function findPayment(tx: ReadTx, id: string): Promise<LedgerPayment | null> {
  const row = await tx.objectStore('payments').get(id)
  return row === undefined ? null : parsePayment(row)
}

/** Throws ChatError 'ledger-failed' where there is none. */
export async function requirePayment(tx: ReadTx, id: string): Promise<LedgerPayment> {
  const payment = await findPayment(tx, id)
  if (payment === null) throw new ChatError('ledger-failed', { missing: 'payment', id })
  return payment
}

export async function findRequest(tx: ReadTx, id: string): Promise<RequestRow | null> {
  const row = await tx.objectStore('requests').get(id)
  return row === undefined ? null : parseRequest(row)
}

/** Throws ChatError 'ledger-failed' where there is none. */
export async function requireRequest(tx: ReadTx, id: string): Promise<RequestRow> {
  const request = await findRequest(tx, id)
  if (request === null) throw new ChatError('ledger-failed', { missing: 'request', id })
  return request
}

/** The requests of a payment, oldest first. */
export async function findRequestsOf(tx: ReadTx, paymentId: string): Promise<readonly RequestRow[]> {
  const rows = await tx.objectStore('requests').index('payment').getAll(paymentId)
  return rows.map(parseRequest).sort((a, b) => a.createdAtMs - b.createdAtMs || (a.id < b.id ? -1 : 1))
}

export interface BooksChange {
  /** null: neither payment nor requests were there before. */
  readonly before: Books<LedgerPayment> | null
  readonly after: Books<LedgerPayment>
  /** What else the totals must be changed by. */
  readonly extra?: readonly Entry[]
  /** Totals that were read before in the same transaction. */
  readonly totals?: Totals
  readonly own?: OwnRows
  /** The requests take the place of older rows with the same ids; otherwise such rows make a reservation fail. */
  readonly replaces?: boolean
}

/** Writes the rows that changed and moves their amounts in the totals, in the buckets that they were reserved in. */
export async function writeBooks(tx: WriteTx, change: BooksChange, note: NoteChange): Promise<void> {
  const { before, after } = change
  if (after.payment !== before?.payment) {
    write(tx.objectStore('payments'), toStoredPayment(after.payment), before !== null)
    note({ kind: 'payment', principal: after.payment.principal, id: after.payment.id })
  }
  for (const request of after.requests) {
    if (before?.requests.includes(request)) continue
    const isKnown = before?.requests.some(({ id }) => id === request.id) === true
    write(tx.objectStore('requests'), toStoredRequest(request), isKnown || change.replaces === true)
    note({ kind: 'request', principal: request.principal, id: request.id })
  }
  const totals = change.totals ?? createTotals(tx)
  const entries = [...entriesBetween(before, after), ...(change.extra ?? [])]
  await totals.apply(tx, entries, change.own ?? { create: null, others: 'if-there' })
}

function write<Row, Key>(store: Addable<Row, Key>, row: Row, isKnown: boolean): void {
  if (isKnown) put(store, row)
  else add(store, row)
}

/** The same books with nothing charged: what was live, or settled by the gateway's word, counts no more. */
export function releasedBooks(books: Books<LedgerPayment>, nowMs: number): Books<LedgerPayment> {
  const standing = standingOf(books.payment)
  if (nextState(standing, { kind: 'release' }).kind === standing.kind) return books
  return {
    payment: {
      ...books.payment,
      state: 'released',
      settledBy: null,
      charged: ZERO,
      endedAtMs: nowMs,
    },
    requests: books.requests.map(releasedRequest),
  }
}

/** A request of which nothing was charged. */
export function releasedRequest(request: RequestRow): RequestRow {
  return { ...request, money: 'released', cost: ZERO, settledBy: null }
}
