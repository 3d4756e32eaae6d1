/**
 * What is needed only when a password is typed or a wallet made: key derivation, word list, imports, password list. Apart
 * from the rest, so that a worker which only signs does not have to evaluate it (it is most of the wallet's code).
 */
import { type Imported, readImport } from './imports.ts'
import { deriveKey } from './kdf.ts'
import { type DeriveKey, type KdfCost, VAULT_COST } from './kdf-cost.ts'
import { findPasswordProblem, type PasswordProblem } from './password-policy.ts'
import { newPhrase, phraseOf } from './phrase.ts'
import type { Bytes, RandomBytes } from './ports.ts'
import { formatSolanaKey } from './solana-key.ts'
import type { ImportSource } from './wallet.ts'

export interface WalletTools {
  /** Of new vaults; existing ones carry their own. */
  readonly cost: KdfCost
  readonly deriveKey: DeriveKey
  readonly readImport: (source: ImportSource) => Promise<Imported>
  readonly newPhrase: (random: RandomBytes) => string
  readonly phraseOf: (entropy: Bytes) => string
  readonly formatSolanaKey: (key: Bytes, address: string) => string
  readonly findPasswordProblem: (password: string) => PasswordProblem | null
}

export const walletTools: WalletTools = {
  cost: VAULT_COST,
  deriveKey,
  readImport,
  newPhrase,
  phraseOf,
  formatSolanaKey,
  findPasswordProblem,
}
