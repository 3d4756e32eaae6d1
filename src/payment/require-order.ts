import { formatAtomic } from '../domain/amount.ts'
import { isKnownAsset } from '../domain/asset.ts'
import { ChatError } from '../domain/errors.ts'
import { parseEvmAddress } from './evm-address.ts'
import type { Offer } from './offer.ts'
import type { SigningOrder } from './payment.ts'

/** The last look before a signature. Throws ChatError 'offer-unsafe' where the order's parts do not agree with one another or with the table. */
export function requireOrder(order: SigningOrder, signerAddress: string): void {
  const { offer } = order
  const { accepted } = offer
  const payTo = offer.asset.method === 'solana' ? accepted.payTo : parseEvmAddress(accepted.payTo)
  requireThat(signerAddress === order.account, 'account')
  requireThat(isKnownAsset(offer.asset), 'asset')
  requireThat(accepted.scheme === offer.scheme, 'scheme')
  requireThat(accepted.network === offer.asset.network, 'network')
  requireThat(accepted.asset === offer.asset.address, 'asset')
  requireThat(accepted.amount === formatAtomic(offer.amount) && offer.amount > 0n, 'amount')
  requireThat(payTo === offer.payTo && offer.payTo !== order.account, 'payTo')
  requireThat(
    accepted.maxTimeoutSeconds === offer.maxTimeoutSeconds && isDuration(offer.maxTimeoutSeconds),
    'window',
  )
  requireThat(Number.isSafeInteger(order.nowMs) && order.nowMs > 0, 'nowMs')
}

/** Throws ChatError 'offer-unsafe' naming the field. */
export function requireThat(holds: boolean, field: string): asserts holds {
  if (!holds) throw new ChatError('offer-unsafe', { problem: 'order-disagrees', field })
}

/** End of the signed window, unix seconds: the server's wish, bounded, counted from the moment of signing. */
export function windowEnd(order: SigningOrder): number {
  return Math.floor(order.nowMs / 1000) + Math.min(order.offer.maxTimeoutSeconds, longestWindow(order.offer))
}

/** Longest signed window in seconds. Source: docs/SECURITY.md, 402 and payment. */
function longestWindow(offer: Offer): number {
  switch (offer.scheme) {
    case 'exact':
      return 300
    case 'upto':
      return 600
  }
}

function isDuration(seconds: number): boolean {
  return Number.isSafeInteger(seconds) && seconds >= 1
}
