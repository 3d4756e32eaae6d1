import type { MigrationDatabase, MigrationTransaction } from './step.ts'

/** Digits of the largest uint256. Frozen with this step. */
const DIGITS = 78

/** Version 2: requests are found by their cost. */
export async function indexCosts(
  _database: MigrationDatabase,
  transaction: MigrationTransaction,
): Promise<void> {
  const requests = transaction.objectStore('requests')
  for (let cursor = await requests.openCursor(); cursor; cursor = await cursor.continue()) {
    const row: unknown = cursor.value
    if (typeof row !== 'object' || row === null || !('cost' in row) || typeof row.cost !== 'string') continue
    await cursor.update({ ...row, costText: row.cost.padStart(DIGITS, '0') })
  }
  requests.createIndex('dearest', ['currency', 'costText'])
}
