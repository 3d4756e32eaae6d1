import type { UiClient } from '../../protocol/ui-client.ts'
import type { HistoryPageView, HistoryRowView } from '../../protocol/ui-views.ts'

/** Shortest time between two looks at what changed, in ms: a stream writes the ledger many times a second. */
const COALESCE_MS = 500
/** Rows that are read again one by one; where more changed, all of it is read anew. */
const MOST_ROWS = 50

interface Following {
  readonly client: UiClient
  readonly readNewest: () => Promise<HistoryPageView>
  /** Request of a payment that is shown; null: not shown. */
  readonly requestOf: (paymentId: string) => string | null
  readonly onChanged: (newest: HistoryPageView, rows: readonly HistoryRowView[]) => void
  /** So much changed that only reading anew says what there is. */
  readonly onUnknown: () => void
}

/** Tells what happened to the history since it was read. Returns how to stop. */
export function followHistory(following: Following): () => void {
  const { client, readNewest, requestOf, onChanged, onUnknown } = following
  let timer: ReturnType<typeof setTimeout> | null = null
  let touched = new Set<string>()
  let unknown = false
  let stopped = false

  async function look(): Promise<void> {
    const ids = touched
    const anew = unknown
    timer = null
    touched = new Set()
    unknown = false
    if (anew || ids.size > MOST_ROWS) {
      onUnknown()
      return
    }
    const newest = await readNewest()
    const seen = new Set(newest.rows.flatMap((row) => [row.id, row.payment.id]))
    const requests = new Set([...ids].filter((id) => !seen.has(id)).map((id) => requestOf(id) ?? id))
    const rows = await Promise.all(
      [...requests]
        .filter((id) => !seen.has(id))
        .map((requestId) => client.call('history.get', { requestId })),
    )
    // Other ids, of transfers and of payments that are not shown, are no request's.
    if (!stopped)
      onChanged(
        newest,
        rows.filter((row) => row !== null),
      )
  }

  const off = client.onEvent((event) => {
    if (event.topic !== 'ledger') return
    if (event.id !== null) touched.add(event.id)
    else if (event.principal === null) unknown = true
    // The next event or the next page tells; what is shown stays true of its time.
    timer ??= setTimeout(() => void look().catch(() => undefined), COALESCE_MS)
  })
  return () => {
    stopped = true
    if (timer !== null) clearTimeout(timer)
    off()
  }
}
