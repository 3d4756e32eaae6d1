import type { LedgerDatabase } from './schema.ts'

/** The wall clock, unix ms. */
export interface Clock {
  nowMs(): number
}

/** What the ledger needs from outside. */
export interface LedgerDeps {
  /** Opens the database, at the first use and again after `onClosed` was called; see `openLedgerDatabase`. */
  readonly openDatabase: (onClosed: () => void) => Promise<LedgerDatabase>
  /** Deletes it, whatever it holds: for a reset, where it does not open. */
  readonly deleteDatabase: () => Promise<void>
  readonly clock: Clock
  /** A fresh unguessable id, for budgets. */
  readonly newId: () => string
}
