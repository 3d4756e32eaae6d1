import type { Currency } from '../domain/currency.ts'
import type { RequestRow } from '../domain/payment.ts'
import { findPayment, findRequest, findRequestsOf, requirePayment } from './books.ts'
import type { ClaimFacts } from './check-claim.ts'
import type { HistoryRow, Ledger, SpendView } from './ledger.ts'
import type { LedgerParts } from './parts.ts'
import { parsePayment } from './rows/payment-row.ts'
import { parseRequest } from './rows/request-row.ts'
import { sumOf } from './total-math.ts'
import { createTotals } from './totals.ts'
import type { ReadTx, Transactor } from './transact.ts'

/** Single facts, by their keys. */
export function createLookups(
  transactor: Transactor,
  { clock, standings }: LedgerParts,
): Pick<Ledger, 'view' | 'getPayment' | 'getRequest' | 'findByKey' | 'unfinished' | 'requestsOf'> {
  return {
    view: (principal, currency) =>
      transactor.read(['grants', 'guards', 'totals'], async (tx) => {
        const nowMs = clock.nowMs()
        const totals = createTotals(tx)
        totals.prefetch(currency, nowMs)
        return viewOf({ ...(await standings.read(tx, principal)), totals }, { currency, nowMs })
      }),

    getPayment: (id) => transactor.read(['payments'], (tx) => findPayment(tx, id)),

    getRequest: (id) =>
      transactor.read(['payments', 'requests'], async (tx) => {
        const request = await findRequest(tx, id)
        return request === null ? null : withPayment(tx, request)
      }),

    findByKey: (principal, idempotencyKey) =>
      transactor.read(['payments', 'requests'], async (tx) => {
        const row = await tx.objectStore('requests').index('key').get([principal, idempotencyKey])
        return row === undefined ? null : withPayment(tx, parseRequest(row))
      }),

    unfinished: () =>
      transactor.read(['payments'], async (tx) => {
        return (await tx.objectStore('payments').index('open').getAll()).map(parsePayment)
      }),

    requestsOf: (paymentId) => transactor.read(['requests'], (tx) => findRequestsOf(tx, paymentId)),
  }
}

/** The facts of a decision, from what one transaction has read. */
export async function viewOf(
  { grant, guards, totals }: ClaimFacts,
  { currency, nowMs }: { readonly currency: Currency; readonly nowMs: number },
): Promise<SpendView> {
  const at = { nowMs, sinceMs: nowMs }
  const budget = grant?.budgets[currency]
  const [today, period] = await Promise.all([
    totals.today(currency, at),
    budget === undefined ? sumOf([]) : totals.used(budget, at),
  ])
  return { grant, guards, today, period }
}

/** A request with its payment; throws ChatError 'ledger-failed' where the payment is missing. */
export async function withPayment(tx: ReadTx, request: RequestRow): Promise<HistoryRow> {
  return { request, payment: await requirePayment(tx, request.paymentId) }
}
