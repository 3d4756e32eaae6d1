/**
 * Payments as they go into a backup. What was signed for one that is finished can move nothing any more and is never read
 * again, but makes up half of its row: it stays out. Rows that nobody knows stay as they are.
 */
export function withoutSpentPayloads(payments: readonly unknown[]): readonly unknown[] {
  return payments.map((row) =>
    isRecord(row) && isFinished(row) ? { ...row, attempts: trim(row.attempts) } : row,
  )
}

/** By the chain's word, as the ledger has it: what only the gateway says may still be looked at. */
function isFinished(row: Record<string, unknown>): boolean {
  return row.state === 'released' || (row.state === 'settled' && row.settledBy === 'chain')
}

function trim(attempts: unknown): unknown {
  if (!Array.isArray(attempts)) return attempts
  return attempts.map((attempt: unknown) => (isRecord(attempt) ? { ...attempt, payload: '' } : attempt))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
