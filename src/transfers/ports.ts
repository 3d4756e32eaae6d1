/** What transfers need from outside. */
import type { Chains, TransferLifetime } from '../chains/chains.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Wallet } from '../wallet/wallet.ts'

export interface Clock {
  /** Unix ms. */
  nowMs(): number
}

/** Signed bytes of a transfer whose end is not known yet. They move exactly what was reviewed, or cancel it, and nothing else. */
export interface OutboxEntry {
  /** Of the transfer's first transaction: hex for EVM, base64 for Solana. */
  readonly signed: string
  readonly lifetime: TransferLifetime
  /** Of those that were signed for the same nonce since, oldest first. */
  readonly replacements: readonly SignedReplacement[]
}

export interface SignedReplacement {
  /** Hex. */
  readonly signed: string
  readonly transaction: string
  readonly does: 'transfer' | 'cancel'
}

/**
 * Keeps signed bytes by the transfer's id until its end, across restarts; entries are JSON-safe. `load` gives what was
 * saved, unread: it is parsed here.
 */
export interface Outbox {
  load(id: string): Promise<unknown>
  save(id: string, entry: OutboxEntry): Promise<void>
  drop(id: string): Promise<void>
}

export interface TransfersDeps {
  readonly ledger: Pick<Ledger, 'putTransfer' | 'unfinishedTransfers' | 'listTransfers'>
  readonly chains: Pick<
    Chains,
    'prepareTransfer' | 'prepareReplacement' | 'renewTransfer' | 'broadcast' | 'transferOutcome'
  >
  readonly wallet: Pick<Wallet, 'status' | 'checkPassword' | 'evmSigner' | 'solanaSigner'>
  readonly outbox: Outbox
  readonly clock: Clock
  /** Resolves once an alarm is set that calls `resume`, also where this worker has died by then. */
  readonly wake: () => Promise<void>
  readonly sleep: (milliseconds: number) => Promise<void>
  readonly newId: () => string
}
