import type { TransactionPartialSigner } from '@solana/kit'
import type { Hex, TransactionSerializable, TypedDataDefinition } from 'viem'

/** Addresses known without unlocking. An imported key gives one network only. */
export interface Addresses {
  /** Checksummed. */
  readonly evm: `0x${string}` | null
  /** base58. */
  readonly solana: string | null
}

export type WalletStatus =
  | { readonly kind: 'none' }
  /** Both copies unreadable: offer the phrase, never reset by itself. */
  | { readonly kind: 'damaged' }
  | {
      readonly kind: 'locked'
      readonly addresses: Addresses
      readonly phraseChecked: boolean
      readonly hasPhrase: boolean
      /** Unix ms before which unlocking is refused after failures; null when allowed. */
      readonly retryAtMs: number | null
    }
  | {
      readonly kind: 'unlocked'
      readonly addresses: Addresses
      readonly phraseChecked: boolean
      readonly hasPhrase: boolean
      readonly untilMs: number
    }

export interface EvmSigner {
  readonly address: `0x${string}`
  signTypedData(data: TypedDataDefinition): Promise<Hex>
  signTransaction(transaction: TransactionSerializable): Promise<Hex>
}

export type SolanaSigner = TransactionPartialSigner

export type ImportSource =
  | { readonly kind: 'phrase'; readonly phrase: string }
  | { readonly kind: 'evm-key'; readonly key: string }
  /** base58 of 64 bytes, or a JSON array of 64 numbers. */
  | { readonly kind: 'solana-key'; readonly key: string }

export type UnlockResult =
  | { readonly kind: 'unlocked'; readonly untilMs: number }
  | { readonly kind: 'wrong-password'; readonly retryAtMs: number | null }
  | { readonly kind: 'wait'; readonly retryAtMs: number }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'none' }

/** Sole owner of keys. Hands out signers, never keys; secrets only through `reveal`, after the password. */
export interface Wallet {
  status(): Promise<WalletStatus>
  /** 12 fresh words, not stored anywhere until `create`. */
  newPhrase(): string
  /**
   * Leaves it unlocked. Throws ChatError 'invalid-body' with a `problem`: password-short, -long, -common or -guessable;
   * phrase-length, phrase-word (with `word`, counted from 1) or phrase-checksum; evm-key-format or -range; solana-key-format,
   * -address or -mismatch; wallet-exists or wallet-damaged, for it never overwrites.
   */
  create(
    source: ImportSource,
    password: string,
    options: { readonly phraseChecked: boolean },
  ): Promise<WalletStatus>
  unlock(password: string): Promise<UnlockResult>
  lock(): Promise<void>
  /** True for the right password; counts into the back-off otherwise. Throws ChatError 'wallet-locked' while waiting. */
  checkPassword(password: string): Promise<boolean>
  changePassword(oldPassword: string, newPassword: string): Promise<boolean>
  markPhraseChecked(): Promise<void>
  /** The secret as text, after the password. Null on a wrong password; ChatError 'invalid-body', problem no-such-secret, where there is none. */
  reveal(password: string, what: 'phrase' | 'evm-key' | 'solana-key'): Promise<string | null>
  /** Typed confirmation is the caller's matter. Wipes both copies and the unlocked state. */
  reset(): Promise<void>
  /** Throws ChatError: wallet-missing, wallet-locked, unlock-expired. Checks the stored deadline. */
  evmSigner(): Promise<EvmSigner>
  solanaSigner(): Promise<SolanaSigner>
  /** Opens keys and prepares the signing code when a signature is likely; never throws. */
  warm(): Promise<void>
  /** The encrypted vault as bytes for a backup file, and its restoration. */
  exportVault(): Promise<Uint8Array | null>
  /**
   * Leaves it locked, under that vault's password; without `replace` the same wallet stays as it is. Throws ChatError
   * 'invalid-body' with a `problem`: vault-unreadable; another-wallet or wallet-damaged, unless `replace`.
   */
  importVault(bytes: Uint8Array, options: { readonly replace: boolean }): Promise<WalletStatus>
  onChange(listener: (status: WalletStatus) => void): () => void
}
