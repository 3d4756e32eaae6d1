import type { RecipientKind } from '../chains/chains.ts'
import { ASSETS } from '../domain/asset.ts'
import type { PaymentNetwork } from '../domain/network.ts'
import type { Transfer } from '../domain/payment.ts'
import type { TransferWarning } from './transfers.ts'

export interface RecipientFacts {
  readonly network: PaymentNetwork
  readonly to: string
  readonly kind: RecipientKind
  /** The wallet's own addresses. */
  readonly own: readonly (string | null)[]
  readonly earlier: readonly Transfer[]
}

/** What is unusual about a recipient. */
export function warnOfRecipient(facts: RecipientFacts): readonly TransferWarning[] {
  const isToken = ASSETS.some((asset) => asset.network === facts.network && asset.address === facts.to)
  const isOwn = facts.own.includes(facts.to)
  const isKnown = facts.earlier.some(
    (transfer) =>
      transfer.kind === 'send' &&
      transfer.network === facts.network &&
      transfer.to === facts.to &&
      transfer.state === 'confirmed',
  )
  const warnings: TransferWarning[] = []
  if (isOwn) warnings.push('own-address')
  if (isToken) warnings.push('token-address')
  if (facts.kind === 'contract' && !isToken) warnings.push('contract-address')
  if (!isKnown && !isOwn) warnings.push('first-time')
  return warnings
}
