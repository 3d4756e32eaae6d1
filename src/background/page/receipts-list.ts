import { ChatError } from '../../domain/errors.ts'
import type { Origin } from '../../domain/principal.ts'
import { formatCursor } from '../../ledger/cursor.ts'
import type { PageDeps } from './page-deps.ts'
import type { PageHandler } from './page-handler.ts'
import { receiptView } from './receipt-view.ts'

/** `receipts.list`: the origin's own requests, newest first, older than the receipt `before`. */
export const receiptsList: PageHandler<'receipts.list'> = async (deps, { origin }, { limit, before }) => {
  const cursor = before === undefined ? {} : { before: await cursorAt(deps, origin, before) }
  const { rows } = await deps.ledger.history({ principal: origin }, { limit, ...cursor })
  return rows.map(receiptView)
}

/** Another origin's receipt is as unknown as one that never was. */
async function cursorAt({ ledger }: PageDeps, origin: Origin, id: string): Promise<string> {
  const row = await ledger.getRequest(id)
  if (row?.request.principal !== origin) throw new ChatError('invalid-body', { field: 'before' })
  return formatCursor(row.request)
}
