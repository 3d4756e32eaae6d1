import { createStores } from './1-create.ts'
import { indexCosts } from './2-dearest.ts'
import type { MigrationDatabase, MigrationTransaction, Step } from './step.ts'

/** Step n leads from version n − 1 to version n, and is never edited after its release. */
export const STEPS: readonly Step[] = [createStores, indexCosts]

export const LEDGER_VERSION = STEPS.length

/** Runs the steps from the stored version on, inside the browser's upgrade transaction: all of them or none. */
export async function migrate(
  steps: readonly Step[],
  database: MigrationDatabase,
  transaction: MigrationTransaction,
): Promise<void> {
  for (const step of steps) await step(database, transaction)
}
