import { createDump } from './dump.ts'
import { createStandingReader } from './facts.ts'
import { createGrants } from './grants.ts'
import { createGuards } from './guards.ts'
import { createHistory } from './history.ts'
import type { Ledger } from './ledger.ts'
import { createLookups } from './lookups.ts'
import { createNotes } from './notes.ts'
import { createPins } from './pins.ts'
import type { LedgerDeps } from './ports.ts'
import { createPresent } from './present.ts'
import { rememberStanding } from './remember-standing.ts'
import { createReserve } from './reserve.ts'
import { createSettle } from './settle.ts'
import { createStatistics } from './statistics.ts'
import { createTransactor } from './transact.ts'
import { createTransfers } from './transfers.ts'

/** The ledger over one IndexedDB database, opened at the first use. Nothing that matters is kept in memory only. */
export function createLedger(deps: LedgerDeps): Ledger {
  const ledger = createBooks(deps)
  return { ...ledger, ...rememberStanding(ledger) }
}

function createBooks(deps: LedgerDeps): Ledger {
  const transactor = createTransactor(deps)
  const parts = { clock: deps.clock, standings: createStandingReader() }
  return {
    ...createReserve(transactor, parts),
    ...createPresent(transactor, parts),
    ...createSettle(transactor, deps),
    ...createNotes(transactor),
    ...createLookups(transactor, parts),
    ...createGrants(transactor, deps),
    ...createGuards(transactor),
    ...createPins(transactor),
    ...createTransfers(transactor),
    ...createHistory(transactor),
    ...createStatistics(transactor, deps),
    ...createDump(transactor, deps),
    onChange: transactor.onChange,
  }
}
