import type { BackupSummary, RowCounts } from './summary.ts'

export interface Restored extends BackupSummary {
  readonly added: RowCounts & { readonly gateways: number }
}

export interface RestoreOptions {
  readonly replaceWallet: boolean
  /** Whether the file's own gateways and RPC endpoints come in; without it those here stay. */
  readonly servers?: boolean
  /** Whose settings and gateways hold afterwards; unless told otherwise the file's. Those here stay untouched, servers included. */
  readonly settings?: 'file' | 'here'
}

/** Everything that the extension keeps, in one encrypted file and back. Asking for the wallet's password is the caller's matter. */
export interface Backup {
  /**
   * Without `books`, what was spent and granted stays out. Throws ChatError 'invalid-body' with a password's `problem` for a
   * weak passphrase, 'ledger-failed' where the books are wanted and cannot be read.
   */
  exportFile(passphrase: string, options?: { readonly books: boolean }): Promise<Uint8Array>
  /** Changes nothing. Throws ChatError 'invalid-body' with a file's `problem` (see `openBackup`). */
  inspect(file: Uint8Array, passphrase: string): Promise<BackupSummary>
  /**
   * Adds what is missing; done twice it changes nothing more. Another wallet here stays unless `replaceWallet`, and then
   * nothing else is restored either (problem 'another-wallet'). Grants come in paused, limits are never raised, pinned payees stay out.
   * With `replaceWallet` the same wallet's vault is replaced too, and with it the password.
   */
  restore(file: Uint8Array, passphrase: string, options: RestoreOptions): Promise<Restored>
}
