import type { TypedDataDefinition } from 'viem'
import { formatAtomic } from '../domain/amount.ts'
import { chainIdOf, isEvmNetwork } from '../domain/network.ts'
import type { SignedAttempt } from '../domain/payment.ts'
import { parseEvmAddress } from './evm-address.ts'
import type { SigningOrder, TypedDataSigner } from './payment.ts'
import { encodePayload } from './payment-payload.ts'
import { requireOrder, requireThat, windowEnd } from './require-order.ts'
import { signChecked } from './sign-checked.ts'

/** Field order of the struct hash. Source: EIP-3009. */
const TYPES = {
  TransferWithAuthorization: [
    { name: 'from', type: 'address' },
    { name: 'to', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'validAfter', type: 'uint256' },
    { name: 'validBefore', type: 'uint256' },
    { name: 'nonce', type: 'bytes32' },
  ],
} as const

/**
 * `exact` over EIP-3009: one transferWithAuthorization of the offer's amount under the reserved nonce, valid for at most 300 s.
 * Throws ChatError 'offer-unsafe' before and 'signature-mismatch' after signing.
 */
export async function signExactEvm(
  order: SigningOrder,
  signer: TypedDataSigner,
): Promise<Omit<SignedAttempt, 'presentedAtMs'>> {
  const { offer } = order
  requireOrder(order, signer.address)
  requireThat(offer.scheme === 'exact' && offer.asset.method === 'eip3009', 'scheme')
  requireThat(order.approveTransaction === null, 'approveTransaction')
  const validBefore = windowEnd(order)
  const authorization = {
    from: signer.address,
    to: requireAddress(offer.payTo, 'payTo'),
    value: formatAtomic(offer.amount),
    validAfter: '0',
    validBefore: validBefore.toString(),
    nonce: requireNonce(order.nonce),
  }
  const signature = await signChecked(signer, typedData(order, authorization))
  return {
    amount: offer.amount,
    payTo: offer.payTo,
    validBefore,
    lastValidBlockHeight: null,
    signature,
    payload: encodePayload(order, { payload: { authorization, signature }, extensions: null }),
  }
}

interface Authorization {
  readonly from: `0x${string}`
  readonly to: `0x${string}`
  /** Atomic units, decimal. */
  readonly value: string
  /** Unix seconds, decimal. */
  readonly validAfter: string
  readonly validBefore: string
  readonly nonce: `0x${string}`
}

function typedData(order: SigningOrder, authorization: Authorization): TypedDataDefinition {
  const { asset } = order.offer
  requireThat(asset.eip712 !== null && isEvmNetwork(asset.network), 'asset')
  return {
    domain: {
      name: asset.eip712.name,
      version: asset.eip712.version,
      chainId: chainIdOf(asset.network),
      verifyingContract: requireAddress(asset.address, 'asset'),
    },
    types: TYPES,
    primaryType: 'TransferWithAuthorization',
    message: {
      ...authorization,
      value: BigInt(authorization.value),
      validAfter: BigInt(authorization.validAfter),
      validBefore: BigInt(authorization.validBefore),
    },
  }
}

function requireAddress(address: string, field: string): `0x${string}` {
  const parsed = parseEvmAddress(address)
  requireThat(parsed !== undefined, field)
  return parsed
}

function requireNonce(nonce: string | null): `0x${string}` {
  requireThat(nonce !== null && isBytes32(nonce), 'nonce')
  return nonce
}

function isBytes32(text: string): text is `0x${string}` {
  return /^0x[0-9a-f]{64}$/.test(text)
}
