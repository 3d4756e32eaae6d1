import type { AtomicAmount } from './amount.ts'
import type { TransferMethod } from './asset.ts'
import type { SettlementMode } from './budget.ts'
import type { Currency } from './currency.ts'
import type { PaymentNetwork } from './network.ts'
import type { Principal } from './principal.ts'

/**
 * reserved: written, never left this machine. presented: signed bytes may have left. settled: charged (by the gateway's
 * word or the chain). released: proven or certain that nothing is charged.
 */
export type PaymentState = 'reserved' | 'presented' | 'settled' | 'released'
export type Scheme = 'exact' | 'upto'
export type SettledBy = 'gateway' | 'chain'

/** One signature that may have left the machine. All attempts of a payment share payer, network, asset, method and nonce. */
export interface SignedAttempt {
  readonly amount: AtomicAmount
  readonly payTo: string
  /** EVM: unix seconds after which the chain refuses it. Solana: null. */
  readonly validBefore: number | null
  /** Solana: last block height at which it can land. EVM: null. */
  readonly lastValidBlockHeight: number | null
  /** EVM: 65-byte signature. Solana: our own transaction signature, base58. */
  readonly signature: string
  /** base64 of the PaymentPayload JSON, as sent in the payment header. */
  readonly payload: string
  readonly presentedAtMs: number
}

/** What the reconciler last learned of a payment. */
export interface ChainCheck {
  readonly atMs: number
  /** Why it is still live, or what proved its end. */
  readonly finding:
    | 'not-used-yet'
    | 'window-open'
    | 'used-transfer-found'
    | 'used-cancelled'
    | 'used-transfer-missing'
    | 'expired-unused'
    | 'rpc-disagree'
    | 'rpc-failed'
  /** RPC endpoints that agreed. */
  readonly endpoints: number
}

/** One signed promise (or one about to be). */
export interface Payment {
  readonly id: string
  readonly scheme: Scheme
  readonly method: TransferMethod
  /** Payer's address on `network`. */
  readonly account: string
  readonly network: PaymentNetwork
  /** Asset address or mint. */
  readonly asset: string
  readonly currency: Currency
  readonly gatewayId: string
  readonly payTo: string
  /** Largest amount reserved or signed so far; this is what is live. Atomic units. */
  readonly maximum: AtomicAmount
  /** EIP-3009: 0x + 64 hex. Permit2: uint256 as a decimal string. Solana: null. */
  readonly nonce: string | null
  readonly state: PaymentState
  readonly attempts: readonly SignedAttempt[]
  readonly reservedAtMs: number
  /** Start of the local hour and day in which it was reserved: the periods in which it counts. Unix ms. */
  readonly hourStartMs: number
  readonly dayStartMs: number
  readonly endedAtMs: number | null
  /** What moved, in atomic units; null until known. */
  readonly charged: AtomicAmount | null
  readonly settledBy: SettledBy | null
  /** Transaction id as reported or found. */
  readonly transaction: string | null
  readonly check: ChainCheck | null
  /** Principal and revision under which it was reserved; `upto` sessions belong to no single principal: null. */
  readonly principal: Principal | null
  readonly grantRevision: number | null
}

export interface Usage {
  readonly promptTokens: number
  readonly completionTokens: number
  readonly totalTokens: number
}

export type Proof =
  | {
      readonly kind: 'tee'
      readonly verdict: 'verified' | 'unconfirmed' | 'failed'
      readonly teeId: string
      readonly requestHash: string
      readonly outputHash: string
      /** Unix seconds, as signed by the enclave. */
      readonly timestamp: number
      readonly signature: string
    }
  | {
      readonly kind: 'ambient'
      readonly verdict: 'reported' | 'failed' | 'pending' | 'none'
      readonly merkleRoot: string | null
    }
  | { readonly kind: 'none' }

/** paying: reserved up to headers in. failed: no whole answer (see `error`). */
export type AnswerState = 'paying' | 'streaming' | 'answered' | 'failed'

/** One inference call that reached the ledger. `exact`: one to one with its payment; `upto`: many to one. */
export interface RequestRow {
  readonly id: string
  readonly principal: Principal
  readonly idempotencyKey: string
  /** sha-256 of the canonical body, hex. */
  readonly bodyHash: string
  readonly gatewayId: string
  readonly model: string
  readonly paymentId: string
  readonly currency: Currency
  readonly network: PaymentNetwork
  /** The quote shown, in atomic units; expected is null where the gateway prices after the fact. */
  readonly expected: AtomicAmount | null
  readonly max: AtomicAmount
  /** What is held against the principal's budget while live, in atomic units. */
  readonly held: AtomicAmount
  /** What it cost, by the source in `settledBy`; null while live. */
  readonly cost: AtomicAmount | null
  /** What the gateway said that it cost, unbounded; null under `exact`, and where it said nothing. */
  readonly reported: AtomicAmount | null
  readonly money: 'live' | 'settled' | 'released'
  readonly settledBy: SettledBy | null
  /** The budget it counts in; null: approved once, outside any budget. */
  readonly budgetId: string | null
  readonly answer: AnswerState
  /** Public error type where `answer` is failed. */
  readonly error: string | null
  readonly createdAtMs: number
  readonly hourStartMs: number
  readonly dayStartMs: number
  readonly finishedAtMs: number | null
  readonly usage: Usage | null
  readonly proof: Proof
  readonly settlement: { readonly mode: SettlementMode; readonly reference: string | null } | null
}

/** One transaction that was signed for a transfer. All of one transfer hold the same nonce, so at most one of them lands. */
export interface TransferAttempt {
  readonly transaction: string
  /** cancel: it moves nothing, and only takes the nonce away from the others. */
  readonly does: 'transfer' | 'cancel'
  /** Every endpoint refused it for good. It still counts where it lands. */
  readonly refused: boolean
}

/** Money sent out, or an allowance set, by the person: outside every budget. */
export interface Transfer {
  readonly id: string
  readonly kind: 'send' | 'allowance'
  readonly network: PaymentNetwork
  readonly account: string
  /** Asset address, mint, or 'native' (ETH, SOL). */
  readonly asset: string
  readonly to: string
  readonly amount: AtomicAmount
  /** Network fee in the native coin's atomic units; null until known. */
  readonly fee: AtomicAmount | null
  readonly state: 'signed' | 'sent' | 'confirmed' | 'failed'
  /** The newest that was signed; in the end the one that landed. */
  readonly transaction: string | null
  /** Oldest first. More than one only on EVM, where it was sped up or cancelled. */
  readonly attempts: readonly TransferAttempt[]
  /** Why it failed, in one of the domain's error codes. */
  readonly reason: string | null
  readonly createdAtMs: number
  readonly updatedAtMs: number
}

/** Terms that the person approved once for a gateway on one network; a fresh quote may be paid from them without asking. */
export interface PinnedTerms {
  readonly gatewayId: string
  readonly network: PaymentNetwork
  readonly asset: string
  readonly scheme: Scheme
  readonly payTo: string
  readonly maxTimeoutSeconds: number
  /** The accepted requirement's `extra`, as JSON text, so that the payload equals what the server would offer. */
  readonly extraJson: string
  /** The 402's `resource`, as JSON text; null where the server sent none. */
  readonly resourceJson: string | null
  readonly approvedAtMs: number
}
