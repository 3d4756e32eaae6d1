import type { PreparedReplacement, PreparedTransfer, TransferRequest } from '../chains/chains.ts'
import type { Transfer } from '../domain/payment.ts'

/** What the person should look at twice; none of them refuses. */
export type TransferWarning = 'own-address' | 'token-address' | 'contract-address' | 'first-time'

/** Every figure of a transfer as it will be signed. */
export interface TransferReview {
  readonly id: string
  readonly figures: PreparedTransfer
  /** The recipient as it will be signed; of an allowance the spender, Permit2. */
  readonly to: string
  readonly warnings: readonly TransferWarning[]
  /** Unix ms after which it must be reviewed again. */
  readonly goodUntilMs: number
}

/** Every figure of a transaction that takes the place of one that hangs, as it will be signed. */
export interface ReplacementReview {
  readonly id: string
  readonly transferId: string
  /** The transaction whose place it takes. */
  readonly against: string
  readonly figures: PreparedReplacement
  readonly goodUntilMs: number
}

export type ConfirmResult =
  | { readonly kind: 'wrong-password' }
  /** Signed; the row says how far it came. A transfer still `signed` is sent again by itself. */
  | { readonly kind: 'signed'; readonly transfer: Transfer }

/**
 * Why a transfer failed (`Transfer.reason`). refused: no endpoint took it. reverted: it landed and did nothing.
 * replaced: a transaction of another wallet used its nonce. cancelled: the person's cancellation did. expired: it can no longer land. lost: its bytes are not here any more,
 * and no endpoint knows it.
 */
export const TRANSFER_FAILURES = ['refused', 'reverted', 'replaced', 'cancelled', 'expired', 'lost'] as const
export type TransferFailure = (typeof TRANSFER_FAILURES)[number]

/** Sending money out, and token allowances: outside every budget, each by the person's password. */
export interface Transfers {
  /**
   * Reads every figure. Throws ChatError: wallet-missing; already-pending while an earlier transfer could collide;
   * invalid-body and insufficient-funds as `Chains.prepareTransfer`; rpc-failed.
   */
  review(request: TransferRequest): Promise<TransferReview>
  /**
   * Signs exactly what was reviewed, once. Throws ChatError: unknown-quote (older than 60 s, used, or overtaken by another
   * transaction), insufficient-funds (a fee is missing; before the password is looked at), wallet-locked, already-pending.
   */
  confirm(reviewId: string, password: string): Promise<ConfirmResult>
  /**
   * Reads the figures for speeding an EVM transfer up (`transfer`) or cancelling it. Throws ChatError: unknown-quote with
   * problem 'overtaken' where it has an end by now; invalid-body with problem 'not-replaceable' where it cannot be.
   */
  reviewReplacement(transferId: string, does: 'transfer' | 'cancel'): Promise<ReplacementReview>
  /** As `confirm`; also rpc-failed with problem 'replacement-refused' where the network keeps to the earlier transaction. */
  confirmReplacement(reviewId: string, password: string): Promise<ConfirmResult>
  /** One look at everything unfinished, on start and by an alarm; how many are still on their way. */
  resume(): Promise<number>
  /** Follows nothing any more; resolves once nobody looks or writes. What is signed later is followed again. */
  stop(): Promise<void>
}
