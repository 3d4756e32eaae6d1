import { deleteDB, openDB } from 'idb'
import { migrate, STEPS } from './migrations/migrate.ts'
import type { MigrationDatabase, MigrationTransaction, Step } from './migrations/step.ts'
import { LEDGER_DATABASE, type LedgerDatabase, type LedgerSchema } from './schema.ts'

/**
 * Opens the ledger's database and brings it to today's version. `onClosed` tells that the connection is gone: another
 * context upgrades or deletes the database, to which it makes way, or the browser ended it.
 */
export async function openLedgerDatabase(
  onClosed: () => void,
  name: string = LEDGER_DATABASE,
  steps: readonly Step[] = STEPS,
): Promise<LedgerDatabase> {
  const database = await openDB<LedgerSchema>(name, steps.length, {
    upgrade(opened, oldVersion, _newVersion, transaction) {
      const done = migrate(steps.slice(oldVersion), asMigrated(opened), asMigration(transaction))
      // A step that fails takes the whole upgrade back; opening then rejects.
      done.catch(() => transaction.abort())
      transaction.done.catch(() => undefined)
    },
    blocking() {
      database.close()
      onClosed()
    },
    terminated: onClosed,
  })
  return database
}

/** Deletes the database unopened, with all that was spent and may be. */
export async function deleteLedgerDatabase(name: string = LEDGER_DATABASE): Promise<void> {
  await deleteDB(name)
}

/** Migrations see stores of any version, so today's types do not hold there. */
function asMigrated(database: unknown): MigrationDatabase {
  return database as MigrationDatabase
}

function asMigration(transaction: unknown): MigrationTransaction {
  return transaction as MigrationTransaction
}
