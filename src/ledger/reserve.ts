import { ZERO } from '../domain/amount.ts'
import type { Budget } from '../domain/budget.ts'
import type { Currency } from '../domain/currency.ts'
import { ChatError } from '../domain/errors.ts'
import type { RequestRow } from '../domain/payment.ts'
import { dayBounds, hourBounds } from '../domain/period.ts'
import type { Principal } from '../domain/principal.ts'
import { BOOK_STORES, findPayment, requirePayment, writeBooks } from './books.ts'
import { type Claim, type ClaimFacts, checkClaim } from './check-claim.ts'
import { type Entry, entriesBetween } from './entries.ts'
import type { Ledger, Reservation, ReserveQuery, ReserveResult, SessionReserveResult } from './ledger.ts'
import { viewOf } from './lookups.ts'
import type { LedgerParts } from './parts.ts'
import type { LedgerPayment } from './rows/payment-row.ts'
import { parseRequest } from './rows/request-row.ts'
import type { StoreName } from './schema.ts'
import { createTotals } from './totals.ts'
import type { NoteChange, ReadTx, Transactor, WriteTx } from './transact.ts'

const RESERVE_STORES: readonly StoreName[] = [...BOOK_STORES, 'grants', 'guards']

/** The ways in which money becomes live: with a payment of its own, or within the payment of a session. */
export function createReserve(
  transactor: Transactor,
  { clock, standings }: LedgerParts,
): Pick<Ledger, 'reserve' | 'decideAndReserve' | 'reserveInSession'> {
  /** Everything is asked for at once: one journey to the disk. */
  async function lookUp(tx: ReadTx, principal: Principal, currency: Currency): Promise<ClaimFacts> {
    const totals = createTotals(tx)
    totals.prefetch(currency, clock.nowMs())
    return { ...(await standings.read(tx, principal)), totals }
  }

  /**
   * The first try takes the idempotency key for free, as it nearly always is, and the index sees to it that it was. Only
   * where the write fails and the key turns out to be taken, a second one looks first.
   */
  async function write<T>(key: RequestKey, work: (tx: WriteTx, how: How) => Promise<T>): Promise<T> {
    const attempt = (looksFirst: boolean) =>
      transactor.write(RESERVE_STORES, 'strict', (tx, note) => {
        return work(tx, { looksFirst, note, nowMs: clock.nowMs() })
      })
    try {
      return await attempt(false)
    } catch (error) {
      const taken = await transactor.read(['requests'], (tx) => findTaken(tx, key))
      if (taken === null) throw error
      return attempt(true)
    }
  }

  return {
    reserve: (reservation) =>
      write(reservation.request, async (tx, how) => {
        const { principal } = reservation.request
        return writeNew(tx, reservation, {
          ...how,
          facts: await lookUp(tx, principal, reservation.payment.currency),
        })
      }),

    decideAndReserve: (query, decide) =>
      write(query, async (tx, how) => {
        const facts = await lookUp(tx, query.principal, query.currency)
        const decision = decide(await viewOf(facts, { currency: query.currency, nowMs: how.nowMs }))
        if (decision.kind === 'stop') return decision
        requireSameQuery(query, decision.reservation)
        return writeNew(tx, decision.reservation, { ...how, facts })
      }),

    reserveInSession: (reservation) =>
      write(reservation.request, async (tx, how): Promise<SessionReserveResult> => {
        const payment = await findPayment(tx, reservation.paymentId)
        if (payment === null || payment.scheme !== 'upto' || payment.state !== 'presented') {
          return { kind: 'session-over' }
        }
        const facts = await lookUp(tx, reservation.request.principal, payment.currency)
        const claim = { ...claimOf(reservation, payment, how.nowMs), signs: ZERO, signsMore: ZERO }
        return writeReserved(tx, { ...how, facts, reservation, claim, payment, isNew: false })
      }),
  }
}

type RequestKey = Pick<RequestRow, 'principal' | 'idempotencyKey'>

interface How {
  /** Whether the idempotency key is looked up before anything is written. */
  readonly looksFirst: boolean
  readonly note: NoteChange
  readonly nowMs: number
}

type Decided = Omit<Reservation, 'payment'>

interface Draft extends How {
  readonly reservation: Decided
  readonly claim: Claim
  readonly facts: ClaimFacts
  readonly payment: LedgerPayment
  readonly isNew: boolean
}

async function writeNew(
  tx: WriteTx,
  reservation: Reservation,
  how: How & { readonly facts: ClaimFacts },
): Promise<ReserveResult> {
  requireSameFigures(reservation)
  const payment = newPayment(reservation, how.nowMs)
  const claim = claimOf(reservation, payment, how.nowMs)
  return writeReserved(tx, { ...how, reservation, claim, payment, isNew: true })
}

async function writeReserved(tx: WriteTx, draft: Draft): Promise<ReserveResult> {
  const { payment, facts, reservation, note } = draft
  const taken = draft.looksFirst ? await findTaken(tx, reservation.request) : null
  if (taken !== null && !isFreed(taken, reservation.request)) return existing(tx, taken)

  const verdict = await checkClaim(draft.claim, facts)
  if (verdict.kind === 'refused') {
    const other = taken ?? (await findTaken(tx, reservation.request))
    return other === null || isFreed(other, reservation.request) ? verdict : existing(tx, other)
  }
  const request = newRequest(draft, verdict.budget)
  const before = draft.isNew ? null : { payment, requests: [] }
  const extra = taken === null ? [] : await withdrawn(tx, taken)
  // Rows of other budgets can change only where an older row of this request is withdrawn.
  const own = { create: verdict.budget, others: taken === null ? 'skip' : 'if-there' } as const
  const after = { payment, requests: [request] }
  await writeBooks(tx, { before, after, extra, totals: facts.totals, own, replaces: taken !== null }, note)
  return { kind: 'reserved', payment, request }
}

async function findTaken(tx: ReadTx, { principal, idempotencyKey }: RequestKey): Promise<RequestRow | null> {
  const row = await tx.objectStore('requests').index('key').get([principal, idempotencyKey])
  return row === undefined ? null : parseRequest(row)
}

async function existing(tx: ReadTx, request: RequestRow): Promise<ReserveResult> {
  return { kind: 'exists', request, payment: await requirePayment(tx, request.paymentId) }
}

/** The same request, of which nothing was charged: it may be paid for anew. */
function isFreed(taken: RequestRow, request: Reservation['request']): boolean {
  return taken.id === request.id && taken.bodyHash === request.bodyHash && taken.money === 'released'
}

/** What the totals lose where a request's row gets another payment: it was released, so only its count. */
async function withdrawn(tx: ReadTx, taken: RequestRow): Promise<readonly Entry[]> {
  const old = { payment: await requirePayment(tx, taken.paymentId), requests: [taken] }
  return entriesBetween(old, { ...old, requests: [] })
}

/** What was read for one query must not decide upon another. */
function requireSameQuery(query: ReserveQuery, { payment, request }: Reservation): void {
  const isSame =
    query.currency === payment.currency &&
    query.principal === request.principal &&
    query.idempotencyKey === request.idempotencyKey
  if (!isSame) throw new ChatError('ledger-failed', { payment: payment.id, differs: 'query' })
}

/** Under `exact` one amount is signed, live and held; anything else is a defect of the caller. */
function requireSameFigures({ payment, request }: Reservation): void {
  if (payment.scheme === 'exact' && (payment.maximum !== request.held || payment.maximum > request.max)) {
    throw new ChatError('ledger-failed', { payment: payment.id, differs: 'maximum' })
  }
}

function claimOf(
  { request, booking, grantRevision, approval }: Decided,
  payment: LedgerPayment,
  nowMs: number,
): Claim {
  return {
    principal: request.principal,
    currency: payment.currency,
    model: request.model,
    network: payment.network,
    asset: payment.asset,
    payTo: payment.payTo,
    signs: payment.maximum,
    signsMore: payment.maximum,
    holds: request.held,
    holdsMore: request.held,
    booking,
    grantRevision,
    approval,
    nowMs,
    sinceMs: nowMs,
  }
}

function newPayment(
  { payment, request, grantRevision, approval }: Reservation,
  nowMs: number,
): LedgerPayment {
  const isShared = payment.scheme === 'upto'
  return {
    ...payment,
    state: 'reserved',
    attempts: [],
    reservedAtMs: nowMs,
    hourStartMs: hourBounds(nowMs).startMs,
    dayStartMs: dayBounds(nowMs).startMs,
    endedAtMs: null,
    charged: null,
    settledBy: null,
    transaction: null,
    check: null,
    principal: isShared ? null : request.principal,
    grantRevision: isShared ? null : grantRevision,
    openedBy: { requestId: request.id, principal: request.principal, grantRevision, approval },
  }
}

function newRequest({ reservation, payment, claim }: Draft, budget: Budget | null): RequestRow {
  return {
    ...reservation.request,
    paymentId: payment.id,
    currency: payment.currency,
    network: payment.network,
    cost: null,
    reported: null,
    money: 'live',
    settledBy: null,
    budgetId: budget?.id ?? null,
    answer: 'paying',
    error: null,
    createdAtMs: claim.nowMs,
    hourStartMs: hourBounds(claim.nowMs).startMs,
    dayStartMs: dayBounds(claim.nowMs).startMs,
    finishedAtMs: null,
    usage: null,
    proof: { kind: 'none' },
  }
}
