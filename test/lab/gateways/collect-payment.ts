/** The paid part of a request: asks with a 402, checks what comes, settles it, with every fault of that part. */
import type { SettleResponse } from '@x402/core/types'
import { type Fault, faultNumber, faultWord } from '../faults.ts'
import { type Exchange, takeFault } from './exchange.ts'
import { malformedOffer } from './malformed-offers.ts'
import { type CheckedPayment, checkPayment, encodeOffer, encodeReceipt, type Offer } from './pay.ts'
import { strangers } from './payees.ts'
import { settleWithFaults } from './settle-with-faults.ts'

/** What is left to do after the money part. */
export type Collected =
  | { kind: 'answered' }
  /** Stream the answer; `receipt` is null where the gateway says nothing of a settlement. */
  | { kind: 'paid'; receipt: SettleResponse | null; payment: Extract<CheckedPayment, { kind: 'valid' }> }

/** Collects the payment for an offer, or answers the request in another way. */
export async function collectPayment(exchange: Exchange, honest: Offer): Promise<Collected> {
  const { gateway, payment, bodyHash } = exchange
  changeOffer(exchange, honest)
  const offer = gateway.amendments.apply(bodyHash, honest)
  if (payment.kind === 'none') {
    gateway.counters.unpaid402 += 1
    return ask(exchange, offer, 'Payment-Signature header is required')
  }
  if (payment.kind === 'malformed') return ask(exchange, offer, payment.reason)
  const checked = await checkPayment(gateway.facilitator, payment.payload, offer)
  if (checked.kind === 'refused') return ask(exchange, offer, checked.reason)
  exchange.record.payer = checked.payer
  const outcome = await settleWithFaults(exchange, checked)
  switch (outcome.kind) {
    case 'answered':
      return outcome
    case 'ask-again': {
      gateway.amendments.add(bodyHash, outcome.amendment)
      return ask(exchange, gateway.amendments.apply(bodyHash, honest), outcome.reason, outcome.failed)
    }
    case 'go-on':
      gateway.amendments.forget(bodyHash)
      return { kind: 'paid', receipt: outcome.receipt, payment: checked }
  }
}

/** Answers 402 with the offer, or with what a fault makes of it. */
function ask(exchange: Exchange, offer: Offer, error: string, failed?: SettleResponse): Collected {
  const { response } = exchange
  const malformed = takeFault(exchange, 'malformed-402')
  const headers: Record<string, string> = {}
  if (malformed) headers['payment-required'] = malformedOffer(faultWord(malformed, 'kind', 'not-json'), offer)
  else if (!takeFault(exchange, 'empty-402')) headers['payment-required'] = encodeOffer(offer, error)
  if (failed) headers['payment-response'] = encodeReceipt(failed)
  response.writeHead(402, { 'content-length': '0', 'cache-control': 'no-store', ...headers })
  response.end()
  return { kind: 'answered' }
}

/** Faults that change the terms for this body, from now until it is paid. */
function changeOffer(exchange: Exchange, honest: Offer): void {
  const { amendments } = exchange.gateway
  const price = takeFault(exchange, 'price-change')
  if (price) amendments.add(exchange.bodyHash, { amount: changedPrice(price, honest) })
  if (takeFault(exchange, 'wrong-pay-to')) amendments.add(exchange.bodyHash, { payTo: strangers })
  const stale = takeFault(exchange, 'stale')
  if (stale) {
    amendments.add(exchange.bodyHash, { maxTimeoutSeconds: faultNumber(stale, 'maxTimeoutSeconds', 240) })
  }
}

/** "5000" is the new amount, "+20" or "-20" is added to the honest one, nothing doubles it. */
function changedPrice(fault: Fault, honest: Offer): string {
  const amount = BigInt(honest.accepts[0]?.amount ?? '1')
  const word = faultWord(fault, 'amount', '')
  if (word === '') return String(amount * 2n)
  return /^[+-]/.test(word) ? String(amount + BigInt(word.replace('+', ''))) : word
}
