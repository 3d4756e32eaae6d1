import type { TypedDataDefinition } from 'viem'
import { formatAtomic } from '../domain/amount.ts'
import { chainIdOf, isEvmNetwork } from '../domain/network.ts'
import type { SignedAttempt } from '../domain/payment.ts'
import { readApproveTransaction } from './approve-transaction.ts'
import { parseEvmAddress } from './evm-address.ts'
import type { SigningOrder, TypedDataSigner } from './payment.ts'
import { encodePayload } from './payment-payload.ts'
import { PERMIT2, type Permit2Deployment, permit2Deployment } from './permit2.ts'
import { requireOrder, requireThat, windowEnd } from './require-order.ts'
import { signChecked } from './sign-checked.ts'

/**
 * `upto` over Permit2: a PermitWitnessTransferFrom of at most the offer's amount under the reserved nonce, valid for at most 600 s,
 * with the witness and spender of the deployment that made the offer. With an approve transaction in the order, that is handed over too.
 * Throws ChatError 'offer-unsafe' before and 'signature-mismatch' after signing.
 */
export async function signUptoEvm(
  order: SigningOrder,
  signer: TypedDataSigner,
): Promise<Omit<SignedAttempt, 'presentedAtMs'>> {
  const { offer } = order
  requireOrder(order, signer.address)
  requireThat(offer.scheme === 'upto' && offer.asset.method === 'permit2', 'scheme')
  const deployment = permit2Deployment(offer)
  const deadline = windowEnd(order)
  const permit2Authorization = {
    from: signer.address,
    permitted: { token: requireAddress(offer.asset.address, 'asset'), amount: formatAtomic(offer.amount) },
    spender: deployment.spender,
    nonce: requireNonce(order.nonce),
    deadline: deadline.toString(),
    witness: deployment.witness(requireAddress(offer.payTo, 'payTo'), Math.floor(order.nowMs / 1000)),
  }
  const extensions = await sponsoring(order)
  const signature = await signChecked(signer, typedData(order, deployment, permit2Authorization))
  return {
    amount: offer.amount,
    payTo: offer.payTo,
    validBefore: deadline,
    lastValidBlockHeight: null,
    signature,
    payload: encodePayload(order, { payload: { signature, permit2Authorization }, extensions }),
  }
}

interface Permit2Authorization {
  readonly permitted: { readonly token: `0x${string}`; readonly amount: string }
  readonly spender: `0x${string}`
  readonly nonce: string
  /** Unix seconds, decimal. */
  readonly deadline: string
  readonly witness: Readonly<Record<string, string>>
}

function typedData(
  order: SigningOrder,
  deployment: Permit2Deployment,
  authorization: Permit2Authorization,
): TypedDataDefinition {
  const { network } = order.offer.asset
  requireThat(isEvmNetwork(network), 'network')
  return {
    domain: { name: 'Permit2', chainId: chainIdOf(network), verifyingContract: PERMIT2 },
    types: deployment.types,
    primaryType: 'PermitWitnessTransferFrom',
    message: {
      permitted: { token: authorization.permitted.token, amount: BigInt(authorization.permitted.amount) },
      spender: authorization.spender,
      nonce: BigInt(authorization.nonce),
      deadline: BigInt(authorization.deadline),
      witness: authorization.witness,
    },
  }
}

/** The erc20ApprovalGasSponsoring extension's `info`, version 1. Source: @x402/extensions 2.27. */
async function sponsoring(order: SigningOrder): Promise<Readonly<Record<string, unknown>> | null> {
  const { offer, approveTransaction, account } = order
  if (approveTransaction === null) return null
  requireThat(offer.sponsorsApproval, 'approveTransaction')
  requireThat(isEvmNetwork(offer.asset.network), 'network')
  const terms = await readApproveTransaction(approveTransaction, offer.asset.network)
  requireThat(terms.from === account && terms.token === offer.asset.address, 'approveTransaction')
  requireThat(terms.amount >= offer.amount, 'approveTransaction')
  return {
    erc20ApprovalGasSponsoring: {
      info: {
        from: account,
        asset: offer.asset.address,
        spender: PERMIT2,
        amount: formatAtomic(terms.amount),
        signedTransaction: approveTransaction,
        version: '1',
      },
    },
  }
}

function requireAddress(address: string, field: string): `0x${string}` {
  const parsed = parseEvmAddress(address)
  requireThat(parsed !== undefined, field)
  return parsed
}

function requireNonce(nonce: string | null): string {
  requireThat(nonce !== null && /^(0|[1-9][0-9]{0,77})$/.test(nonce) && BigInt(nonce) < 1n << 256n, 'nonce')
  return nonce
}
