import type { AtomicAmount } from '../domain/amount.ts'
import { ChatError } from '../domain/errors.ts'
import type { RequestRow, SettledBy } from '../domain/payment.ts'
import { nextState, standingOf } from '../domain/payment-state.ts'
import {
  BOOK_STORES,
  findRequestsOf,
  releasedBooks,
  releasedRequest,
  requirePayment,
  requireRequest,
  writeBooks,
} from './books.ts'
import type { Books } from './entries.ts'
import type { Ledger } from './ledger.ts'
import type { LedgerDeps } from './ports.ts'
import type { LedgerPayment } from './rows/payment-row.ts'
import { boundedWord, shareCharge } from './share-charge.ts'
import type { Transactor } from './transact.ts'

/** How payments and the requests of sessions end. */
export function createSettle(
  transactor: Transactor,
  { clock }: Pick<LedgerDeps, 'clock'>,
): Pick<Ledger, 'settle' | 'settleRequest' | 'release' | 'releaseRequest'> {
  return {
    settle: (paymentId, by, facts) =>
      transactor.write(BOOK_STORES, 'strict', async (tx, note) => {
        const payment = await requirePayment(tx, paymentId)
        const before = { payment, requests: await findRequestsOf(tx, paymentId) }
        const next = settledPayment(payment, { by, ...facts, nowMs: clock.nowMs() })
        if (next === payment) return
        const requests =
          next.state === 'settled' ? settledRequests(next, facts.charged, before) : before.requests
        await writeBooks(tx, { before, after: { payment: next, requests } }, note)
      }),

    settleRequest: (requestId, cost) =>
      transactor.write(BOOK_STORES, 'strict', async (tx, note) => {
        const request = await requireRequest(tx, requestId)
        const payment = requireSession(await requirePayment(tx, request.paymentId))
        if (request.money !== 'live') return
        const settled: RequestRow = {
          ...{ ...request, money: 'settled', settledBy: 'gateway', reported: cost },
          cost: boundedWord(cost, request, payment),
        }
        const after = { payment, requests: [settled] }
        await writeBooks(tx, { before: { payment, requests: [request] }, after }, note)
      }),

    release: (paymentId) =>
      transactor.write(BOOK_STORES, 'strict', async (tx, note) => {
        const payment = await requirePayment(tx, paymentId)
        const before = { payment, requests: await findRequestsOf(tx, paymentId) }
        await writeBooks(tx, { before, after: releasedBooks(before, clock.nowMs()) }, note)
      }),

    releaseRequest: (requestId) =>
      transactor.write(BOOK_STORES, 'strict', async (tx, note) => {
        const request = await requireRequest(tx, requestId)
        const payment = requireSession(await requirePayment(tx, request.paymentId))
        if (request.money !== 'live' || payment.openedBy.requestId === requestId) return
        const after = { payment, requests: [releasedRequest(request)] }
        await writeBooks(tx, { before: { payment, requests: [request] }, after }, note)
      }),
  }
}

interface Word {
  readonly by: SettledBy
  /** What moved, in atomic units. */
  readonly charged: AtomicAmount
  readonly transaction: string | null
  readonly nowMs: number
}

/** The payment after a word about its end; the same object where the word changes nothing. */
function settledPayment(payment: LedgerPayment, word: Word): LedgerPayment {
  const standing = standingOf(payment)
  const next = nextState(standing, { kind: 'settle', by: word.by })
  if (next.kind !== 'settled' || next.by !== word.by) return payment
  if (word.by === 'gateway') return byGateway(payment, word)
  return isRepeated(payment, word) ? payment : withWord(payment, word)
}

/** A gateway cannot have charged more than was signed; what it says of a session is no proof of the sum. */
function byGateway(payment: LedgerPayment, word: Word): LedgerPayment {
  if (payment.state === 'settled') return payment
  if (payment.scheme === 'upto') return { ...payment, transaction: word.transaction ?? payment.transaction }
  if (word.charged > payment.maximum)
    throw new ChatError('ledger-failed', { payment: payment.id, over: 'maximum' })
  return withWord(payment, word)
}

function withWord(payment: LedgerPayment, { by, charged, transaction, nowMs }: Word): LedgerPayment {
  return {
    ...payment,
    state: 'settled',
    settledBy: by,
    charged,
    transaction: transaction ?? payment.transaction,
    endedAtMs: payment.endedAtMs ?? nowMs,
  }
}

function isRepeated(payment: LedgerPayment, word: Word): boolean {
  return (
    payment.state === 'settled' &&
    payment.settledBy === word.by &&
    payment.charged === word.charged &&
    (word.transaction === null || word.transaction === payment.transaction)
  )
}

/**
 * `exact`: the one request cost what was charged. `upto`: the charge is shared out among the session's requests; one
 * that was given back takes no part, unless the whole payment had been.
 */
function settledRequests(
  payment: LedgerPayment,
  charged: AtomicAmount,
  before: Books<LedgerPayment>,
): readonly RequestRow[] {
  if (payment.scheme === 'exact') {
    const { settledBy } = payment
    return before.requests.map((request) => ({ ...request, money: 'settled', cost: charged, settledBy }))
  }
  const wasReleased = before.payment.state === 'released'
  const taking = before.requests.filter(({ money }) => wasReleased || money !== 'released')
  const shared = new Map(shareCharge(payment, charged, taking).map((request) => [request.id, request]))
  return before.requests.map((request) => shared.get(request.id) ?? request)
}

/** Only the requests of a session end by themselves; others end with their payment. */
function requireSession(payment: LedgerPayment): LedgerPayment {
  if (payment.scheme === 'upto' && payment.state !== 'reserved') return payment
  throw new ChatError('ledger-failed', { payment: payment.id, state: payment.state, scheme: payment.scheme })
}
