import type { Budget, Sums } from '../domain/budget.ts'
import type { RequestRow } from '../domain/payment.ts'
import { dayBounds } from '../domain/period.ts'
import type { Principal } from '../domain/principal.ts'
import { requirePayment } from './books.ts'
import { type Entry, entriesBetween } from './entries.ts'
import { parseRequest } from './rows/request-row.ts'
import { parseTotal, type Total, toStoredTotal } from './rows/total-row.ts'
import { byRow, emptyLife, ownKindOf, partOf, sumOf, withEntries } from './total-math.ts'
import { put, type ReadTx, type WriteTx } from './transact.ts'

/** Requests read at a time. */
const CHUNK = 500
/** Days before this one of which the hours are made: further back than another time zone or a late midnight reaches. */
const HOURS_KEPT_MS = 4 * 24 * 3_600_000

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

/**
 * From all that was ever booked in the budget, not only what its period counts today: the clock may be set back over the
 * period's start, and what was spent then has to be known.
 */
async function makeOwnRows(
  tx: WriteTx,
  principal: Principal,
  { budget, nowMs }: { readonly budget: Budget; readonly nowMs: number },
): Promise<void> {
  const rows = await ownRows(tx, principal, { budget, nowMs })
  for (const row of rows) put(tx.objectStore('totals'), toStoredTotal(row))
}

async function ownRows(
  tx: ReadTx,
  principal: Principal,
  { budget, nowMs }: { readonly budget: Budget; readonly nowMs: number },
): Promise<readonly Total[]> {
  const kind = ownKindOf(budget.period)
  if (kind === null) return []
  const days = await partsByDay(tx, budget)
  if (kind === 'life') return [{ ...emptyLife(budget.id, budget.currency), ...together(days) }]
  if (kind === 'day') return days
  const sinceMs = dayBounds(nowMs).startMs - HOURS_KEPT_MS
  const hours = await hoursSince(tx, principal, { budgetId: budget.id, sinceMs })
  // Of older days only a clock that is set far back has need: the whole day counts then as if it were one hour.
  const older = days.filter(({ startMs }) => startMs < sinceMs).map((day) => ({ ...day, kind }))
  return [...older, ...hours]
}

/** The budget's part of every day, as rows of its own. */
async function partsByDay(tx: ReadTx, { id, currency }: Budget): Promise<readonly Total[]> {
  const range = IDBKeyRange.bound(['all', currency, 'day'], ['all', currency, 'day', []])
  const days = (await tx.objectStore('totals').getAll(range)).map(parseTotal)
  return days.flatMap((day) => {
    const part = partOf(day, `budget:${id}`)
    if (part === undefined) return []
    const { settled, live, count } = part
    return [{ ...day, scope: `budget:${id}` as const, settled, live, count, parts: [] }]
  })
}

function together(days: readonly Total[]): Sums & { readonly count: number } {
  return { ...sumOf(days), count: days.reduce((count, day) => count + day.count, 0) }
}

/** The budget's hours of the days that began at `sinceMs` or later, from its requests. */
async function hoursSince(
  tx: ReadTx,
  principal: Principal,
  { budgetId, sinceMs }: { readonly budgetId: string; readonly sinceMs: number },
): Promise<readonly Total[]> {
  const entries: Entry[] = []
  let after: IDBValidKey[] = [principal]
  for (;;) {
    const range = IDBKeyRange.bound(after, [principal, -sinceMs, []], true)
    const rows = await tx.objectStore('requests').index('principal').getAll(range, CHUNK)
    for (const request of rows.map(parseRequest)) {
      if (request.budgetId !== budgetId || request.dayStartMs < sinceMs) continue
      const own = await entriesOf(tx, request)
      entries.push(...own.filter(({ scope, kind }) => scope === `budget:${budgetId}` && kind === 'hour'))
    }
    const last = rows.at(-1)
    if (last === undefined || rows.length < CHUNK) break
    after = [principal, last.recency, last.id]
  }
  return byRow(entries).map((group) => withEntries(undefined, group))
}

async function entriesOf(tx: ReadTx, request: RequestRow): Promise<readonly Entry[]> {
  const payment = await requirePayment(tx, request.paymentId)
  const nothing = { payment, requests: [] }
  return entriesBetween(nothing, { payment, requests: [request] })
}
