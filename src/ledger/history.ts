import type { RequestRow } from '../domain/payment.ts'
import { clampLimit, formatCursor, parseCursor } from './cursor.ts'
import type { HistoryFilter, HistoryPage, HistoryRow, Ledger } from './ledger.ts'
import { withPayment } from './lookups.ts'
import { parseRequest } from './rows/request-row.ts'
import type { Recency } from './schema.ts'
import type { ReadTx, Transactor } from './transact.ts'

/** Rows read at a time where some are filtered out. */
const CHUNK = 200
/** Rows looked at by one call at most: a search over years comes back in pages instead of holding the books open. */
const MOST_LOOKED_AT = 5000

/** What was asked and paid for, newest first. */
export function createHistory(transactor: Transactor): Pick<Ledger, 'history'> {
  return {
    history: (filter, options) =>
      transactor.read(['payments', 'requests'], (tx) => {
        const after = options.before === undefined ? null : parseCursor(options.before)
        return readPage(tx, filter, { limit: clampLimit(options.limit), after })
      }),
  }
}

async function readPage(
  tx: ReadTx,
  filter: HistoryFilter,
  { limit, after }: { readonly limit: number; readonly after: Recency | null },
): Promise<HistoryPage> {
  const query = queryOf(filter)
  const size = query.isExact ? limit : CHUNK
  const found: HistoryRow[] = []
  let position = after
  for (let lookedAt = 0; lookedAt < MOST_LOOKED_AT; lookedAt += size) {
    const chunk = await readChunk(tx, { query, filter, position, size })
    const last = chunk.at(-1)
    if (last === undefined) return { rows: found, next: null }
    for (const row of await matching(tx, chunk, filter)) {
      found.push(row)
      if (found.length === limit)
        return { rows: found, next: cursorAfter(row.request, last, chunk.length < size) }
    }
    if (chunk.length < size) return { rows: found, next: null }
    position = [-last.createdAtMs, last.id]
  }
  return {
    rows: found,
    next: position === null ? null : formatCursor({ createdAtMs: -position[0], id: position[1] }),
  }
}

/** null only where the page ends with the very last row. */
function cursorAfter(row: RequestRow, last: RequestRow, isLastChunk: boolean): string | null {
  return isLastChunk && row === last ? null : formatCursor(row)
}

type IndexName = 'recency' | 'principal' | 'model' | 'gateway' | 'currency' | 'money'

interface Query {
  readonly index: IndexName
  /** What comes before time and id in the index's keys. */
  readonly prefix: readonly string[]
  /** Whether every row of the index's range matches the filter. */
  readonly isExact: boolean
}

/** The index that narrows most: live ones are always few, then principal, model, gateway, currency. */
function queryOf(filter: HistoryFilter): Query {
  const usable: readonly (readonly [IndexName, string | undefined])[] = [
    ['money', filter.money === 'live' ? filter.money : undefined],
    ['principal', filter.principal],
    ['model', filter.model],
    ['gateway', filter.gatewayId],
    ['currency', filter.currency],
    ['money', filter.money === 'live' ? undefined : filter.money],
  ]
  const given = usable.flatMap(([index, value]) => (value === undefined ? [] : [{ index, value }]))
  const [best, ...others] = given
  const unindexed = [filter.text, filter.settledBy, filter.answer]
  const isExact = others.length === 0 && unindexed.every((value) => value === undefined)
  return best === undefined
    ? { index: 'recency', prefix: [], isExact }
    : { index: best.index, prefix: [best.value], isExact }
}

async function readChunk(
  tx: ReadTx,
  at: {
    readonly query: Query
    readonly filter: HistoryFilter
    readonly position: Recency | null
    readonly size: number
  },
): Promise<readonly RequestRow[]> {
  const { prefix, index } = at.query
  const { fromMs, toMs } = at.filter
  // Half a millisecond later: `toMs` itself is left out.
  const [newest, id] = at.position ?? (toMs === undefined ? [] : [-toMs + 0.5])
  // IndexedDB refuses a range that is empty by its bounds.
  if (newest !== undefined && fromMs !== undefined && newest > -fromMs) return []
  const lower = [...prefix, newest, id].filter((part) => part !== undefined)
  // An array sorts after every number and string.
  const upper = [...prefix, ...(fromMs === undefined ? [] : [-fromMs]), []]
  const range = IDBKeyRange.bound(lower, upper, at.position !== null)
  const rows = await tx.objectStore('requests').index(index).getAll(range, at.size)
  return rows.map(parseRequest)
}

async function matching(
  tx: ReadTx,
  requests: readonly RequestRow[],
  filter: HistoryFilter,
): Promise<readonly HistoryRow[]> {
  const rows = await Promise.all(
    requests.filter((request) => matchesFields(request, filter)).map((request) => withPayment(tx, request)),
  )
  const { text, textGatewayIds = [] } = filter
  if (text === undefined) return rows
  return rows.filter(
    (row) => textGatewayIds.includes(row.request.gatewayId) || matchesText(row, text.toLowerCase()),
  )
}

function matchesFields(request: RequestRow, filter: HistoryFilter): boolean {
  return (
    (filter.principal === undefined || request.principal === filter.principal) &&
    (filter.model === undefined || request.model === filter.model) &&
    (filter.gatewayId === undefined || request.gatewayId === filter.gatewayId) &&
    (filter.currency === undefined || request.currency === filter.currency) &&
    (filter.money === undefined || request.money === filter.money) &&
    (filter.settledBy === undefined || request.settledBy === filter.settledBy) &&
    (filter.answer === undefined || request.answer === filter.answer)
  )
}

function matchesText({ request, payment }: HistoryRow, text: string): boolean {
  const { principal, model, gatewayId, id } = request
  const fields = [principal, model, gatewayId, id, payment.id, payment.transaction ?? '']
  return fields.some((field) => field.toLowerCase().includes(text))
}
