import { type AtomicAmount, ZERO } from './amount.ts'
import type { Sums } from './budget.ts'
import { ChatError } from './errors.ts'
import type { Payment, RequestRow, Scheme } from './payment.ts'

const NOTHING: Sums = { settled: ZERO, live: ZERO }

/**
 * What a payment counts for in the person's book, in atomic units: its maximum until the chain tells what moved. A
 * gateway's word turns live into settled, but never makes the amount smaller.
 */
export function countedOf(payment: Payment): Sums {
  switch (payment.state) {
    case 'reserved':
    case 'presented':
      return { settled: ZERO, live: payment.maximum }
    case 'settled':
      return { settled: payment.settledBy === 'chain' ? charged(payment) : payment.maximum, live: ZERO }
    case 'released':
      return NOTHING
  }
}

/**
 * What a request counts for in its principal's book, in atomic units: what it holds while live, then its cost. Under
 * `exact` a gateway's word counts as the whole hold; under `upto` the reported cost counts, as there is no better one.
 */
export function countedRequestOf(request: RequestRow, scheme: Scheme): Sums {
  switch (request.money) {
    case 'live':
      return { settled: ZERO, live: request.held }
    case 'settled':
      return {
        settled: scheme === 'exact' && request.settledBy === 'gateway' ? request.held : cost(request),
        live: ZERO,
      }
    case 'released':
      return NOTHING
  }
}

function charged(payment: Payment): AtomicAmount {
  if (payment.charged === null)
    throw new ChatError('ledger-failed', { payment: payment.id, lacks: 'charged' })
  return payment.charged
}

function cost(request: RequestRow): AtomicAmount {
  if (request.cost === null) throw new ChatError('ledger-failed', { request: request.id, lacks: 'cost' })
  return request.cost
}
