import type { AtomicAmount } from '../domain/amount.ts'
import type { Asset } from '../domain/asset.ts'
import type { Scheme } from '../domain/payment.ts'

/** One entry of a 402's `accepts` that this wallet could pay, after our own parser and table: safe to show and to sign. */
export interface Offer {
  readonly scheme: Scheme
  readonly asset: Asset
  readonly amount: AtomicAmount
  /** EVM: checksummed. Solana: base58. */
  readonly payTo: string
  /** Integer ≥ 1 as the server said; the signed window is bounded when it is signed. */
  readonly maxTimeoutSeconds: number
  /** Solana: the server's fee payer. */
  readonly feePayer: string | null
  /** OpenGradient's newer deployment: bound into the Permit2 witness; changes from 402 to 402. */
  readonly facilitator: string | null
  /** Which Permit2 witness and spender; null for other methods. */
  readonly permit2: 'x402-upto' | 'documented' | null
  /** The gateway pays the fee of a signed approve transaction (erc20ApprovalGasSponsoring). */
  readonly sponsorsApproval: boolean
  /** The requirement as the server sent it (unknown extra keys kept): goes back as `accepted`. */
  readonly accepted: Readonly<Record<string, unknown>>
}

/** Why an entry is none for this wallet, and the server's own value, at most 80 plain characters. */
export interface SkippedEntry {
  readonly what: 'network' | 'scheme' | 'asset' | 'method' | 'flow'
  readonly value: string
}

/** A whole 402 after parsing. */
export interface OfferSet {
  readonly offers: readonly Offer[]
  /** Entries that were passed over, each with what this wallet does not have; for the details view. */
  readonly skipped: readonly SkippedEntry[]
  /** The server's `error`, at most 200 plain characters. */
  readonly serverError: string | null
  readonly resource: Readonly<Record<string, unknown>> | null
  readonly extensions: Readonly<Record<string, unknown>> | null
}

/** A PAYMENT-RESPONSE header's facts: the server's word, not proof. */
export interface ReceiptFacts {
  readonly success: boolean
  readonly transaction: string | null
  readonly network: string | null
  readonly payer: string | null
  readonly amount: AtomicAmount | null
  readonly errorReason: string | null
}
