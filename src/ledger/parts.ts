import type { StandingReader } from './facts.ts'
import type { LedgerDeps } from './ports.ts'

/** What the parts of one ledger share. */
export interface LedgerParts extends Pick<LedgerDeps, 'clock'> {
  readonly standings: StandingReader
}
