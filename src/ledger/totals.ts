import type { Budget, Period, Sums } from '../domain/budget.ts'
import type { Currency } from '../domain/currency.ts'
import { ChatError } from '../domain/errors.ts'
import { dayBounds, periodBounds } from '../domain/period.ts'
import { type Entry, rowText } from './entries.ts'
import {
  type PartName,
  parseTotal,
  type Scope,
  type Total,
  type TotalKind,
  toStoredTotal,
} from './rows/total-row.ts'
import { byRow, emptyLife, keyOf, ownKindOf, partOf, sumOf, withEntries } from './total-math.ts'
import { put, type ReadTx, type WriteTx } from './transact.ts'

/** Longer than any local day (26 hours at Troll station); rows that ended before the period are filtered out anyway. */
const LONGEST_DAY_MS = 48 * 3_600_000

/** When spending is counted. */
export interface Instant {
  readonly nowMs: number
  /** A second instant whose period counts too: that of a payment which is raised later; `nowMs` where there is none. */
  readonly sinceMs: number
}

/** The totals as one transaction sees them. A row that was read is not read again before it is written. */
export interface Totals {
  /** Sends the read that today's sums and budgets by the day will need, so that it travels with others. */
  prefetch(currency: Currency, nowMs: number): void
  /** The person's use of the current day. */
  today(currency: Currency, at: Instant): Promise<Sums>
  /** A budget's use in its current period. */
  used(budget: Budget, at: Instant): Promise<Sums>
  /** The days of everything that begin at `fromMs` or later, oldest first. */
  days(currency: Currency, fromMs: number): Promise<readonly Total[]>
  /** Adds entries to their rows. */
  apply(tx: WriteTx, entries: readonly Entry[], own: OwnRows): Promise<void>
}

/** Which of a budget's own rows are written: a fresh one is made only for the budget that a request is booked in. */
export interface OwnRows {
  readonly create: Pick<Budget, 'id' | 'period'> | null
  /** skip: there can be no others, so none is looked for. */
  readonly others: 'if-there' | 'skip'
}

/**
 * Sums count every bucket that ends after the current period's start, later ones included. So neither a clock that was
 * set back nor another time zone ever raises what is left.
 */
export function createTotals(tx: ReadTx): Totals {
  const cache = createRowCache(tx)

  async function endingAfter(scope: Scope, startMs: number, row: RowRange): Promise<readonly Total[]> {
    const rows = await cache.range(scope, { ...row, fromMs: startMs - LONGEST_DAY_MS })
    return rows.filter((total) => total.endMs !== null && total.endMs > startMs)
  }

  return {
    prefetch(currency, nowMs) {
      cache.prefetch('all', { currency, kind: 'day', fromMs: dayBounds(nowMs).startMs - LONGEST_DAY_MS })
    },
    async today(currency, at) {
      return sumOf(await endingAfter('all', earliestStart('day', at), { currency, kind: 'day' }))
    },
    async used({ id, currency, period }, at) {
      const kind = ownKindOf(period)
      if (kind === 'life') return requireLife(cache, emptyLife(id, currency))
      const startMs = earliestStart(period, at)
      if (kind !== null) return sumOf(await endingAfter(`budget:${id}`, startMs, { currency, kind }))
      const days = await endingAfter('all', startMs, { currency, kind: 'day' })
      const name: PartName = `budget:${id}`
      return sumOf(days.map((day) => partOf(day, name)).filter((part) => part !== undefined))
    },
    days: (currency, fromMs) => cache.range('all', { currency, kind: 'day', fromMs }),
    async apply(writing, entries, own) {
      const wanted = byRow(entries).filter(([first]) => isWanted(first, own))
      await Promise.all(
        wanted.map(async (group) => {
          const [first] = group
          const row = await cache.row(first)
          if (row === undefined && first.scope !== 'all' && !isOwn(first, own)) return
          put(writing.objectStore('totals'), toStoredTotal(withEntries(row, group)))
        }),
      )
      cache.forget()
    },
  }
}

function isWanted(entry: Entry, own: OwnRows): boolean {
  return entry.scope === 'all' || own.others === 'if-there' || isOwn(entry, own)
}

/** Whether a row is the one that the budget at hand is counted by. */
function isOwn(row: Pick<Total, 'scope' | 'kind'>, { create }: OwnRows): boolean {
  return create !== null && row.scope === `budget:${create.id}` && row.kind === ownKindOf(create.period)
}

/** A row that should be there never counts as nothing spent when it is not. */
async function requireLife(cache: RowCache, place: Total): Promise<Sums> {
  const row = await cache.row(place)
  if (row === undefined) throw new ChatError('ledger-failed', { missing: 'total', scope: place.scope })
  return { settled: row.settled, live: row.live }
}

interface RowRange {
  readonly currency: Currency
  readonly kind: TotalKind
}

interface RowCache {
  /** Rows that begin at `fromMs` or later, oldest first. */
  range(scope: Scope, range: RowRange & { readonly fromMs: number }): Promise<readonly Total[]>
  prefetch(scope: Scope, range: RowRange & { readonly fromMs: number }): void
  row(place: Pick<Total, 'scope' | 'currency' | 'kind' | 'startMs'>): Promise<Total | undefined>
  /** After a write: what was read is old. */
  forget(): void
}

function createRowCache(tx: ReadTx): RowCache {
  const ranges = new Map<string, { readonly fromMs: number; readonly rows: Promise<readonly Total[]> }>()

  function read(scope: Scope, currency: Currency, kind: TotalKind, fromMs: number) {
    const name = rangeName(scope, currency, kind)
    const known = ranges.get(name)
    if (known !== undefined && known.fromMs <= fromMs) return known.rows
    const range = IDBKeyRange.bound([scope, currency, kind, fromMs], [scope, currency, kind, []])
    const rows = tx
      .objectStore('totals')
      .getAll(range)
      .then((found) => found.map(parseTotal))
    // A failed read fails whoever awaits it; where nobody does any more, the transaction has failed before.
    rows.catch(() => undefined)
    ranges.set(name, { fromMs, rows })
    return rows
  }

  return {
    prefetch(scope, { currency, kind, fromMs }) {
      void read(scope, currency, kind, fromMs)
    },
    async range(scope, { currency, kind, fromMs }) {
      const rows = await read(scope, currency, kind, fromMs)
      return rows.filter((total) => total.startMs >= fromMs)
    },
    async row(place) {
      const known = ranges.get(rangeName(place.scope, place.currency, place.kind))
      if (known !== undefined && known.fromMs <= place.startMs) {
        return (await known.rows).find((total) => rowText(total) === rowText(place))
      }
      const found = await tx.objectStore('totals').get(keyOf(place))
      return found === undefined ? undefined : parseTotal(found)
    },
    forget: () => ranges.clear(),
  }
}

function rangeName(scope: Scope, currency: Currency, kind: TotalKind): string {
  return `${kind} ${currency} ${scope}`
}

function earliestStart(period: Period, { nowMs, sinceMs }: Instant): number {
  return Math.min(periodBounds(period, nowMs).startMs, periodBounds(period, sinceMs).startMs)
}
