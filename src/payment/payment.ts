import type { SignedAttempt } from '../domain/payment.ts'
import type { Offer } from './offer.ts'

/** The EVM signer that a payment needs; the wallet's fits. */
export interface TypedDataSigner {
  readonly address: `0x${string}`
  signTypedData(data: import('viem').TypedDataDefinition): Promise<`0x${string}`>
  signTransaction(transaction: import('viem').TransactionSerializable): Promise<`0x${string}`>
}

/** Everything that fixes the bytes to sign: nothing is drawn or looked up while signing. */
export interface SigningOrder {
  readonly offer: Offer
  readonly resource: Readonly<Record<string, unknown>> | null
  readonly extensions: Readonly<Record<string, unknown>> | null
  /** The reserved payment's nonce; null on Solana. */
  readonly nonce: string | null
  /** The reserved payment's account. */
  readonly account: string
  /** Wall clock at signing, unix ms: the window counts from here. */
  readonly nowMs: number
  /** Solana: a fresh blockhash, and the RPC URL for the scheme's own mint read. */
  readonly solana: {
    readonly blockhash: string
    readonly lastValidBlockHeight: bigint
    readonly rpcUrl: string
  } | null
  /** A signed approve transaction to hand over where the gateway sponsors it and the person agreed; else null. */
  readonly approveTransaction: `0x${string}` | null
}

export type PaymentSigners = {
  readonly evm: TypedDataSigner | null
  readonly solana: import('@solana/kit').TransactionPartialSigner | null
}

/** Builds, signs, recovers and compares. Throws ChatError 'signature-mismatch' on any difference, 'offer-unsafe' on anything outside the rules. */
export type SignPayment = (
  order: SigningOrder,
  signers: PaymentSigners,
) => Promise<Omit<SignedAttempt, 'presentedAtMs'>>
