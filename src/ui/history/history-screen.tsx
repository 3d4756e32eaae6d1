import { ReceiptText } from 'lucide-preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { HistoryFilterInput } from '../../protocol/ui-protocol.ts'
import { LoadFailed } from '../app/load-failed.tsx'
import { useNow } from '../app/use-now.ts'
import { Button } from '../components/button.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { Spinner } from '../components/spinner.tsx'
import { formatCount } from '../format/count.ts'
import { t } from '../words.ts'
import { ExportButtons } from './export-buttons.tsx'
import { HistoryFilters } from './history-filters.tsx'
import { PageBlock, scrollerOf } from './page-block.tsx'
import { type HistoryState, useHistory } from './use-history.ts'

/** Every request with its payment, newest first, filtered, scrolled without an end. */
export function HistoryScreen({ first }: { first: HistoryFilterInput }) {
  const [filter, setFilter] = useState(first)
  /** How often all was cleared: the fields then begin anew, what is typed in them too. */
  const [cleared, setCleared] = useState(0)
  const clear = () => {
    setFilter({})
    setCleared((times) => times + 1)
  }
  const history = useHistory(filter)
  const nowMs = useNow()
  const filtered = Object.keys(filter).length > 0
  const empty = history.phase === 'ready' && history.complete && history.pages.length === 0
  const unread = history.phase === 'failed' && history.pages.length === 0
  return (
    <>
      <HistoryFilters key={cleared} filter={filter} onFilter={setFilter} onClear={clear} />
      {/* Above the list: it has no end that anybody would scroll to. */}
      {!empty && !unread && <ExportButtons filter={filter} />}
      {empty ? (
        <EmptyState
          icon={ReceiptText}
          title={filtered ? t('history.noneFound') : t('history.none')}
          actions={filtered && <Button onClick={clear}>{t('history.clearFilters')}</Button>}
        >
          {!filtered && t('history.noneMeans')}
        </EmptyState>
      ) : (
        !unread && (
          <div class="card history-list" aria-busy={history.phase === 'loading'}>
            <Pages history={history} nowMs={nowMs} />
          </div>
        )
      )}
      {history.phase === 'failed' && <LoadFailed error={history.error} onRetry={history.loadMore} />}
    </>
  )
}

function Pages({ history, nowMs }: { history: HistoryState; nowMs: number }) {
  let count = 0
  let order = 0
  return (
    <>
      {history.pages.map((rows) => {
        const from = count + 1
        count += rows.length
        order += 1
        const label = t('history.rows', { from: formatCount(from), to: formatCount(count) })
        return <PageBlock key={order} rows={rows} label={label} nowMs={nowMs} />
      })}
      {history.phase === 'loading' && <Spinner label={t('common.loading')} />}
      {!history.complete && history.phase === 'ready' && <Sentinel key={count} onNear={history.loadMore} />}
    </>
  )
}

/** Comes near when the end of what was read does. */
function Sentinel({ onNear }: { onNear: () => void }) {
  const mark = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const element = mark.current
    if (!element) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) onNear()
      },
      { root: scrollerOf(element), rootMargin: '800px 0px' },
    )
    observer.observe(element)
    return () => observer.disconnect()
  }, [onNear])
  return (
    <div ref={mark} class="history-more">
      <Button size="s" kind="quiet" onClick={onNear}>
        {t('history.more')}
      </Button>
    </div>
  )
}
