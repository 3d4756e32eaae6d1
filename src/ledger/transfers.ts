import { clampLimit, formatCursor, parseCursor } from './cursor.ts'
import type { Ledger } from './ledger.ts'
import { parseTransfer, toStoredTransfer } from './rows/transfer-row.ts'
import { put, type Transactor } from './transact.ts'

/** Money sent out and allowances set by the person: kept for history and recovery, outside every budget. */
export function createTransfers(
  transactor: Transactor,
): Pick<Ledger, 'putTransfer' | 'listTransfers' | 'unfinishedTransfers'> {
  return {
    putTransfer: (transfer) =>
      transactor.write(['transfers'], 'strict', async (tx, note) => {
        put(tx.objectStore('transfers'), toStoredTransfer(transfer))
        note({ kind: 'transfer', principal: null, id: transfer.id })
      }),

    listTransfers: ({ limit, before }) =>
      transactor.read(['transfers'], async (tx) => {
        const range = before === undefined ? null : IDBKeyRange.lowerBound(parseCursor(before), true)
        const rows = await tx.objectStore('transfers').index('recency').getAll(range, clampLimit(limit))
        return rows.map(parseTransfer)
      }),

    unfinishedTransfers: () =>
      transactor.read(['transfers'], async (tx) => {
        return (await tx.objectStore('transfers').index('open').getAll()).map(parseTransfer)
      }),
  }
}

/** Pass as `before` to go on after a transfer. */
export const transferCursor = formatCursor
