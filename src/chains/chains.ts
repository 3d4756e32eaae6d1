import type { AtomicAmount } from '../domain/amount.ts'
import type { EvmNetwork, PaymentNetwork } from '../domain/network.ts'
import type { ChainCheck, Payment } from '../domain/payment.ts'

/** A balance as read, or why it could not be read: a failure is never zero. */
export type BalanceReading =
  | { readonly kind: 'read'; readonly amount: AtomicAmount; readonly atMs: number }
  | {
      readonly kind: 'failed'
      readonly last: { readonly amount: AtomicAmount; readonly atMs: number } | null
    }

export interface Balance {
  readonly network: PaymentNetwork
  /** Asset address, mint, or 'native'. */
  readonly asset: string
  readonly reading: BalanceReading
}

/** What the chain says of a payment. */
export type PaymentFinding =
  | {
      readonly kind: 'settled'
      readonly charged: AtomicAmount
      readonly transaction: string
      readonly check: ChainCheck
    }
  /** Proven: window over by the chain's clock and nonce unused (or cancelled), by every endpoint that is set. */
  | { readonly kind: 'released'; readonly check: ChainCheck }
  | { readonly kind: 'open'; readonly check: ChainCheck }

export interface TeeRecord {
  /** DER SubjectPublicKeyInfo. */
  readonly publicKey: Uint8Array
  readonly active: boolean
}

/** Who stands behind a recipient's address, for a warning before the review. */
export type RecipientKind = 'plain' | 'contract'

export interface SolanaAnchor {
  readonly blockhash: string
  readonly lastValidBlockHeight: bigint
  readonly atMs: number
}

export type TransferRequest =
  | {
      readonly kind: 'send'
      readonly network: PaymentNetwork
      readonly asset: string
      readonly to: string
      readonly amount: AtomicAmount | 'all'
    }
  /** ERC-20 approve(Permit2, amount) for OPG; 0 revokes. */
  | {
      readonly kind: 'allowance'
      readonly network: EvmNetwork
      readonly asset: string
      readonly amount: AtomicAmount
    }

/** A transfer ready to sign, with every figure that the review shows. */
export interface PreparedTransfer {
  readonly request: TransferRequest
  readonly from: string
  readonly amount: AtomicAmount
  /** Most that the fee can be, with the deposit of an account that must be created, in the native coin's atomic units. */
  readonly maxFee: AtomicAmount
  readonly nativeBalance: AtomicAmount
  /** What is missing of the native coin for the fee; null where it suffices. */
  readonly missingFee: AtomicAmount | null
  /** Solana: the recipient's token account must be created first. */
  readonly createsAccount: boolean
  readonly recipient: RecipientKind
  /** Opaque to callers: what the signer gets. JSON-safe. */
  readonly unsigned: string
  readonly lifetime: TransferLifetime
}

/** What shall be signed in the place of a transaction that hangs. */
export interface ReplacementRequest {
  readonly network: EvmNetwork
  /** The bytes of the transfer itself, hex. */
  readonly signed: string
  /** Those of its nonce that were signed last, above whose fees it has to be, hex. */
  readonly above: string
  /** transfer: the same once more, with higher fees. cancel: nothing, in its place. */
  readonly does: 'transfer' | 'cancel'
}

export interface PreparedReplacement extends Pick<ReplacementRequest, 'network' | 'does'> {
  readonly from: string
  /** As for a transfer: most that the fee can be, and what is missing for it, in wei. */
  readonly maxFee: AtomicAmount
  readonly missingFee: AtomicAmount | null
  readonly unsigned: string
  readonly lifetime: TransferLifetime
}

/** Until when signed bytes can land: EVM while the account's nonce is unused, Solana up to a block height. JSON-safe. */
export type TransferLifetime =
  | { readonly kind: 'evm'; readonly account: string; readonly nonce: number }
  | { readonly kind: 'solana'; readonly lastValidBlockHeight: number }

export type TransferOutcome =
  | { readonly kind: 'pending' }
  | { readonly kind: 'confirmed'; readonly fee: AtomicAmount | null }
  /** reverted: it landed and did nothing. replaced, expired: it never landed and no longer can, by every endpoint. */
  | {
      readonly kind: 'failed'
      readonly reason: 'reverted' | 'replaced' | 'expired'
      readonly fee: AtomicAmount | null
    }

/** Reading and broadcasting, EVM and Solana. Sole user of RPC endpoints. Every method throws ChatError 'rpc-failed' when no endpoint answers. */
export interface Chains {
  /** Reads every known asset of the given networks (all by default). Never throws: a failed reading says so and names the last one. */
  balances(
    addresses: { readonly evm: string | null; readonly solana: string | null },
    networks?: readonly PaymentNetwork[],
  ): Promise<readonly Balance[]>
  /** What was read last, without asking anybody: for showing at once, with its age. */
  lastBalances(addresses: {
    readonly evm: string | null
    readonly solana: string | null
  }): Promise<readonly Balance[]>
  /** Asks the chain, and keeps what it said. */
  balanceOf(network: PaymentNetwork, asset: string, owner: string): Promise<AtomicAmount>
  /** Latest block's time, unix seconds; cached for a few seconds. */
  chainTime(network: PaymentNetwork): Promise<number>
  /** Looks a presented payment up: nonce, logs, transaction input; every endpoint that is set must agree where something is given back. */
  checkPayment(payment: Payment): Promise<PaymentFinding>
  permit2Allowance(network: EvmNetwork, asset: string, owner: string): Promise<AtomicAmount>
  /** A recent blockhash: a kept one where it is at most so old (20 s unless told), ms. */
  solanaAnchor(maxAgeMs?: number): Promise<SolanaAnchor>
  /** The enclave's record in the registry contract; that it is active is kept for minutes, its key for a day. Null: unknown. */
  teeRecord(teeId: string): Promise<TeeRecord | null>
  /**
   * Every figure of a transfer, read from the chain. Throws ChatError 'invalid-body' for an address or amount that cannot
   * be sent to, 'insufficient-funds' where the asset itself does not suffice (facts: what, missing).
   */
  prepareTransfer(request: TransferRequest, from: string): Promise<PreparedTransfer>
  /** Every figure of a replacement; null where the nonce is used already. */
  prepareReplacement(request: ReplacementRequest, from: string): Promise<PreparedReplacement | null>
  /** The same transfer with a fresh blockhash (Solana) or the same nonce seen to be still unused (EVM); null where it no longer is. */
  renewTransfer(prepared: PreparedTransfer): Promise<PreparedTransfer | null>
  /**
   * Sends signed bytes (hex for EVM, base64 for Solana); the transaction id. Sending the same bytes again is harmless.
   * Throws ChatError 'rpc-failed'; fact `refused: 'yes'` where every endpoint that is set refused the bytes for good.
   */
  broadcast(network: PaymentNetwork, signed: string): Promise<string>
  /** With the lifetime, a transaction that can no longer land is told from one that is still on its way. */
  transferOutcome(
    network: PaymentNetwork,
    transaction: string,
    lifetime?: TransferLifetime,
  ): Promise<TransferOutcome>
  /** `detail` is a few plain words, partly the endpoint's own: 'ok', 'another chain', 'timeout', 'HTTP 429'. */
  testEndpoint(
    network: PaymentNetwork | 'og-registry',
    url: string,
  ): Promise<{ readonly ok: boolean; readonly milliseconds: number; readonly detail: string }>
}

/** RPC endpoints by network, at most two each; the first is preferred. */
export type Endpoints = Readonly<Record<PaymentNetwork | 'og-registry', readonly string[]>>
