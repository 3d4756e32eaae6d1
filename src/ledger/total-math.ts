import { type AtomicAmount, toAtomic, ZERO } from '../domain/amount.ts'
import type { Period, Sums } from '../domain/budget.ts'
import type { Currency } from '../domain/currency.ts'
import { ChatError } from '../domain/errors.ts'
import { dayBounds, hourBounds } from '../domain/period.ts'
import { type Entry, rowText } from './entries.ts'
import type { Part, PartName, Total, TotalKey, TotalKind } from './rows/total-row.ts'

/** Names of one sort that a day keeps apart; later ones are counted together, so that made-up names cannot swell it. */
const MOST_NAMES = 200
const HOUR_MS = 3_600_000

/**
 * The rows that a budget has of its own, besides its part of each day. By the day, that part is enough; an hour is
 * shorter, weeks and months would need many whole days, and `total` all of them.
 */
export function ownKindOf(period: Period): TotalKind | null {
  switch (period) {
    case 'hour':
      return 'hour'
    case 'day':
      return null
    case 'week':
    case 'month':
      return 'day'
    case 'total':
      return 'life'
  }
}

export function keyOf(row: Pick<Total, 'scope' | 'currency' | 'kind' | 'startMs'>): TotalKey {
  return [row.scope, row.currency, row.kind, row.startMs]
}

export function sumOf(parts: readonly Sums[]): Sums {
  let settled = 0n
  let live = 0n
  for (const part of parts) {
    settled += part.settled
    live += part.live
  }
  return { settled: toAtomic(settled), live: toAtomic(live) }
}

/** Entries of one row together. */
export function byRow(entries: readonly Entry[]): readonly (readonly [Entry, ...Entry[]])[] {
  const rows = new Map<string, [Entry, ...Entry[]]>()
  for (const entry of entries) {
    const row = rows.get(rowText(entry))
    if (row === undefined) rows.set(rowText(entry), [entry])
    else row.push(entry)
  }
  return [...rows.values()]
}

/** A row with its entries added. An amount that would fall below zero throws: the books would be wrong. */
export function withEntries(total: Total | undefined, [first, ...rest]: readonly [Entry, ...Entry[]]): Total {
  return rest.reduce(withEntry, withEntry(total ?? emptyTotal(first), first))
}

/** The row for everything that is ever booked in a budget without end. */
export function emptyLife(budgetId: string, currency: Currency): Total {
  return emptyTotal({ scope: `budget:${budgetId}`, currency, kind: 'life', startMs: 0 })
}

/** The same row and end with nothing in it. */
export function emptied(total: Total): Total {
  return { ...total, settled: ZERO, live: ZERO, count: 0, parts: [] }
}

/** The part of that name; undefined where nothing was booked under it. */
export function partOf(total: Total, name: PartName): Part | undefined {
  return total.parts.find((part) => part.name === name)
}

function emptyTotal({
  scope,
  currency,
  kind,
  startMs,
}: Pick<Total, 'scope' | 'currency' | 'kind' | 'startMs'>): Total {
  const endMs = endOf(kind, startMs) ?? latestEndOf(kind, startMs)
  return { scope, currency, kind, startMs, endMs, settled: ZERO, live: ZERO, count: 0, parts: [] }
}

function withEntry(total: Total, entry: Entry): Total {
  const endMs = laterEnd(total.endMs, endOf(entry.kind, entry.startMs))
  if (entry.part === null) return { ...total, endMs, ...movedSums(total, entry) }
  return { ...total, endMs, parts: withPart(total.parts, entry, entry.part) }
}

/** Two time zones may share a midnight but not the day's end: the later one holds. */
function laterEnd(known: number | null, other: number | null): number | null {
  return known === null || other === null ? known : Math.max(known, other)
}

function withPart(parts: readonly Part[], entry: Entry, wanted: PartName): readonly Part[] {
  const name = parts.some((part) => part.name === wanted) ? wanted : roomFor(parts, wanted)
  const index = parts.findIndex((part) => part.name === name)
  const old = parts[index]
  if (old === undefined) {
    return [...parts, { name, ...movedSums({ settled: ZERO, live: ZERO, count: 0 }, entry) }]
  }
  return parts.with(index, { name, ...movedSums(old, entry) })
}

/** A new name's own part, or the one for all further names of its sort; budgets are never counted together. */
function roomFor(parts: readonly Part[], wanted: PartName): PartName {
  const sort = sortOf(wanted)
  const taken = parts.filter((part) => part.name.startsWith(sort)).length
  return sort === 'budget:' || taken < MOST_NAMES ? wanted : sort
}

function sortOf(name: PartName): PartName {
  if (name.startsWith('gateway:')) return 'gateway:'
  if (name.startsWith('model:')) return 'model:'
  return name.startsWith('principal:') ? 'principal:' : 'budget:'
}

/** A bucket's end, where it begins at an hour or a day of today's time zone; null otherwise, and for `life`. */
function endOf(kind: TotalKind, startMs: number): number | null {
  if (kind === 'life') return null
  const bounds = kind === 'hour' ? hourBounds(startMs) : dayBounds(startMs)
  return bounds.startMs === startMs ? bounds.endMs : null
}

/** The latest that a bucket of another time zone can have ended: better that it counts for too long than too short. */
function latestEndOf(kind: TotalKind, startMs: number): number | null {
  switch (kind) {
    case 'hour':
      return startMs + HOUR_MS
    case 'day':
      return startMs + 26 * HOUR_MS
    case 'life':
      return null
  }
}

function movedSums(old: Sums & { readonly count: number }, entry: Entry) {
  return {
    settled: moved(old.settled, entry.settled),
    live: moved(old.live, entry.live),
    count: old.count + entry.count,
  }
}

function moved(amount: AtomicAmount, delta: bigint): AtomicAmount {
  const sum = amount + delta
  if (sum < 0n) throw new ChatError('ledger-failed', { total: 'below zero' })
  return toAtomic(sum)
}
