/** The filtered history as a file: every column as it is kept, amounts exact. */
import { formatDecimal, parseAtomic } from '../../domain/amount.ts'
import { decimalsOf } from '../../domain/currency.ts'
import type { UiClient } from '../../protocol/ui-client.ts'
import type { HistoryFilterInput } from '../../protocol/ui-protocol.ts'
import type { HistoryRowView } from '../../protocol/ui-views.ts'

export type ExportFormat = 'csv' | 'json'

interface ExportOptions {
  readonly signal: AbortSignal
  /** Rows read so far. */
  readonly onProgress: (rows: number) => void
}

/** Parts of a text file, in order; null where it was cancelled. Rejects as the background does. */
export async function exportHistory(
  client: UiClient,
  { filter, format }: { readonly filter: HistoryFilterInput; readonly format: ExportFormat },
  { signal, onProgress }: ExportOptions,
): Promise<readonly string[] | null> {
  const parts = [format === 'csv' ? `${COLUMNS.map(([name]) => name).join(',')}\r\n` : '[\n']
  let before: string | null = null
  let count = 0
  do {
    const page: Awaited<ReturnType<typeof readPage>> = await readPage(client, filter, before)
    if (signal.aborted) return null
    parts.push(page.rows.map((row, index) => written(row, format, count + index === 0)).join(''))
    count += page.rows.length
    onProgress(count)
    before = page.next
  } while (before !== null)
  if (format === 'json') parts.push('\n]\n')
  return parts
}

function readPage(client: UiClient, filter: HistoryFilterInput, before: string | null) {
  return client.call('history.page', { filter, limit: 200, before })
}

function written(row: HistoryRowView, format: ExportFormat, first: boolean): string {
  if (format === 'json') return `${first ? '' : ',\n'}${JSON.stringify(row)}`
  return `${COLUMNS.map(([, value]) => csvCell(value(row))).join(',')}\r\n`
}

const COLUMNS: readonly (readonly [name: string, value: (row: HistoryRowView) => string | null])[] = [
  ['time', (row) => new Date(row.createdAtMs).toISOString()],
  ['request', (row) => row.id],
  ['site', (row) => row.principal],
  ['model', (row) => row.model],
  ['gateway', (row) => row.gatewayName],
  ['currency', (row) => row.currency],
  ['expected', (row) => whole(row.expected, row)],
  ['maximum', (row) => whole(row.max, row)],
  ['charged', (row) => whole(row.cost, row)],
  ['on hold', (row) => (row.money === 'live' ? whole(row.held, row) : '0')],
  ['money', (row) => row.money],
  ['settled by', (row) => row.settledBy],
  ['answer', (row) => row.answer],
  ['error', (row) => row.error],
  ['prompt tokens', (row) => row.usage?.promptTokens.toString() ?? null],
  ['completion tokens', (row) => row.usage?.completionTokens.toString() ?? null],
  ['proof', (row) => (row.proof.kind === 'none' ? 'none' : `${row.proof.kind} ${row.proof.verdict}`)],
  ['network', (row) => row.payment.network],
  ['paid to', (row) => row.payment.payTo],
  ['transaction', (row) => row.payment.transaction],
  ['payment', (row) => row.payment.id],
  ['payment state', (row) => row.payment.state],
]

function whole(amount: string | null, row: HistoryRowView): string | null {
  return amount === null ? null : formatDecimal(parseAtomic(amount), decimalsOf(row.currency))
}

/** RFC 4180; a cell that a spreadsheet would take for a formula is quoted as text. */
export function csvCell(value: string | null): string {
  if (value === null) return ''
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
