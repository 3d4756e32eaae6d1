import type { Budget } from '../domain/budget.ts'
import type { RequestRow } from '../domain/payment.ts'
import { periodBounds } from '../domain/period.ts'
import type { Principal } from '../domain/principal.ts'
import { requirePayment } from './books.ts'
import { type Entry, entriesBetween } from './entries.ts'
import { parseRequest } from './rows/request-row.ts'
import { toStoredTotal } from './rows/total-row.ts'
import { byRow, emptyLife, ownKindOf, withEntries } from './total-math.ts'
import { LONGEST_DAY_MS } from './totals.ts'
import { put, type ReadTx, type WriteTx } from './transact.ts'

/** Requests read at a time. */
const CHUNK = 500

/** Sees to it that a budget has the rows that its period asks for, and that the one it replaces has none left. */
export async function replaceOwnRows(
  tx: WriteTx,
  principal: Principal,
  { old, next, nowMs }: { readonly old: Budget | null; readonly next: Budget; readonly nowMs: number },
): Promise<void> {
  if (old?.id === next.id && old.period === next.period) return
  if (old !== null) await dropOwnRows(tx, old.id)
  // A budget without end has its row from the first day on, so that a missing one is noticed.
  if (next.period === 'total') put(tx.objectStore('totals'), toStoredTotal(emptyLife(next.id, next.currency)))
  if (old?.id === next.id) await makeOwnRows(tx, principal, { budget: next, nowMs })
}

/** Forgets the rows that a budget has of its own: it is gone, or counted in another way from now on. */
async function dropOwnRows(tx: WriteTx, budgetId: string): Promise<void> {
  const scope = `budget:${budgetId}`
  await tx.objectStore('totals').delete(IDBKeyRange.bound([scope], [scope, []]))
}

/** From what was booked in the budget so far, as far back as its period still counts it. */
async function makeOwnRows(
  tx: WriteTx,
  principal: Principal,
  { budget, nowMs }: { readonly budget: Budget; readonly nowMs: number },
): Promise<void> {
  const kind = ownKindOf(budget.period)
  if (kind === null) return
  const scope = `budget:${budget.id}`
  const sinceMs = periodBounds(budget.period, nowMs).startMs - LONGEST_DAY_MS
  const entries = await entriesSince(tx, principal, { budgetId: budget.id, sinceMs })
  for (const group of byRow(entries.filter((entry) => entry.scope === scope && entry.kind === kind))) {
    put(tx.objectStore('totals'), toStoredTotal(withEntries(undefined, group)))
  }
}

async function entriesSince(
  tx: ReadTx,
  principal: Principal,
  { budgetId, sinceMs }: { readonly budgetId: string; readonly sinceMs: number },
): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  let after: IDBValidKey[] = [principal]
  for (;;) {
    const range = IDBKeyRange.bound(after, [principal, -sinceMs, []], true)
    const rows = await tx.objectStore('requests').index('principal').getAll(range, CHUNK)
    const requests = rows.map(parseRequest).filter((request) => request.budgetId === budgetId)
    for (const request of requests) entries.push(...(await entriesOf(tx, request)))
    const last = rows.at(-1)
    if (last === undefined || rows.length < CHUNK) return entries
    after = [principal, last.recency, last.id]
  }
}

async function entriesOf(tx: ReadTx, request: RequestRow): Promise<readonly Entry[]> {
  const payment = await requirePayment(tx, request.paymentId)
  const nothing = { payment, requests: [] }
  return entriesBetween(nothing, { payment, requests: [request] })
}
