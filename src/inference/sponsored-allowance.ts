/** An allowance whose fee the gateway pays (erc20ApprovalGasSponsoring): signed here, broadcast by its facilitator. */

import { parseUnsignedEvm } from '../chains/unsigned-transfer.ts'
import { type AtomicAmount, maximum } from '../domain/amount.ts'
import { DEFAULT_OPG_ALLOWANCE } from '../domain/default-limits.ts'
import { ChatError } from '../domain/errors.ts'
import { isEvmNetwork } from '../domain/network.ts'
import type { Offer } from '../payment/offer.ts'
import type { EvmSigner } from '../wallet/wallet.ts'
import type { InferenceDeps } from './ports.ts'

/** Finite: the proposed allowance, or the session's cap where that is more. Atomic units. */
export function allowanceFor(offer: Offer): AtomicAmount {
  return maximum(DEFAULT_OPG_ALLOWANCE, offer.amount)
}

/** The signed approve transaction. Throws ChatError 'rpc-failed', 'offer-unsafe', 'signature-mismatch'. */
export async function signAllowance(
  deps: InferenceDeps,
  { asset, amount }: Pick<Offer, 'asset' | 'amount'>,
  signer: EvmSigner,
): Promise<`0x${string}`> {
  if (!isEvmNetwork(asset.network)) throw new ChatError('offer-unsafe', { field: 'network' })
  const request = { kind: 'allowance', network: asset.network, asset: asset.address, amount } as const
  const prepared = await deps.chains.prepareTransfer(request, signer.address)
  const { nonce, maxFeePerGas, maxPriorityFeePerGas } = parseUnsignedEvm(prepared.unsigned)
  const terms = { asset, amount, nonce, maxFeePerGas, maxPriorityFeePerGas }
  return deps.payments.makeApproveTransaction(terms, signer)
}
