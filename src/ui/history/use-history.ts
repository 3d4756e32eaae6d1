import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { HistoryFilterInput } from '../../protocol/ui-protocol.ts'
import { useApp } from '../app/app.tsx'
import { followHistory } from './follow-history.ts'
import { appendPage, type HistoryPages, mergeNewest, NO_PAGES, placeRow } from './history-pages.ts'

/** Rows to a page. */
const PAGE_ROWS = 25

export interface HistoryState {
  readonly pages: HistoryPages['pages']
  readonly phase: 'loading' | 'ready' | 'failed'
  readonly error: unknown
  readonly complete: boolean
  readonly loadMore: () => void
}

/** What is known of one filter. */
interface Kept {
  readonly key: string
  readonly held: HistoryPages
  readonly phase: HistoryState['phase']
  readonly error: unknown
}

/** The filtered history, page by page as it is scrolled to; what is shown follows what happens. */
export function useHistory(filter: HistoryFilterInput): HistoryState {
  const { client } = useApp()
  const key = JSON.stringify(filter)
  const [kept, setKept] = useState(() => nothingYet(key))
  // Rows of another filter are nothing to this one.
  const shown = kept.key === key ? kept : nothingYet(key)
  const latest = useRef(shown)
  latest.current = shown
  const busy = useRef(false)

  const change = useCallback(
    (next: (old: Kept) => Partial<Kept>) =>
      setKept((any) => {
        if (latest.current.key !== key) return any
        const old = any.key === key ? any : nothingYet(key)
        return { ...old, ...next(old) }
      }),
    [key],
  )
  const readPage = useCallback(
    (before: string | null) => client.call('history.page', { filter, limit: PAGE_ROWS, before }),
    [client, key],
  )
  const read = useCallback(
    async (before: string | null) => {
      if (busy.current && before !== null) return
      busy.current = true
      change(() => ({ phase: 'loading' }))
      try {
        const page = await readPage(before)
        change(({ held }) => ({ phase: 'ready', held: grown(held, page, before) }))
      } catch (error) {
        change(() => ({ phase: 'failed', error }))
      } finally {
        busy.current = false
      }
    },
    [readPage, change],
  )

  useEffect(() => void read(null), [read])
  useEffect(
    () =>
      followHistory({
        client,
        readNewest: () => readPage(null),
        requestOf: (paymentId) => {
          const rows = latest.current.held.pages.flat()
          return rows.find(({ payment }) => payment.id === paymentId)?.id ?? null
        },
        onChanged: (newest, rows) =>
          change(({ held }) => ({
            held: rows.reduce((pages, row) => placeRow(pages, row, filter), mergeNewest(held, newest)),
          })),
        onUnknown: () => void read(null),
      }),
    [client, readPage, read, change],
  )

  const loadMore = useCallback(() => {
    const { next, pages } = latest.current.held
    if (next !== null) void read(next)
    else if (pages.length === 0) void read(null)
  }, [read])

  const { held, phase, error } = shown
  return { pages: held.pages, phase, error, complete: held.next === null, loadMore }
}

function nothingYet(key: string): Kept {
  return { key, held: NO_PAGES, phase: 'loading', error: null }
}

/** With a page that was read; one behind rows that were read anew meanwhile would leave a hole. */
function grown(
  held: HistoryPages,
  page: Parameters<typeof appendPage>[1],
  before: string | null,
): HistoryPages {
  if (before === null) return appendPage(NO_PAGES, page)
  return held.next === before ? appendPage(held, page) : held
}
