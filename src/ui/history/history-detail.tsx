import type { HistoryRowView } from '../../protocol/ui-views.ts'
import { Loaded } from '../app/loaded.tsx'
import { Screen, Section } from '../app/screen.tsx'
import { useNow } from '../app/use-now.ts'
import { useResource } from '../app/use-resource.ts'
import { routeTo } from '../app/use-route.ts'
import { CopyText } from '../components/copy-text.tsx'
import { Money } from '../components/money.tsx'
import { Notice } from '../components/notice.tsx'
import { OriginName } from '../components/origin-name.tsx'
import { publicErrorWords } from '../format/error-words.ts'
import { rowAmount, rowState, whyCharged } from '../format/history-words.ts'
import { lifeOf } from '../format/life-words.ts'
import { formatDateTime } from '../format/time.ts'
import { t } from '../words.ts'
import { DetailFacts } from './detail-facts.tsx'
import { LifeLine } from './life-line.tsx'
import { ProofNotice } from './proof-notice.tsx'

/** One request: what it cost and why, step by step. */
export function HistoryDetail({ requestId }: { requestId: string }) {
  const nowMs = useNow(10_000)
  const [row, reload] = useResource('history.get', { requestId }, { topics: ['ledger'] })
  return (
    <Screen title={t('history.detail')} back={routeTo('history')}>
      <Loaded from={row} onRetry={reload}>
        {(view) => (view ? <Detail row={view} nowMs={nowMs} /> : <p class="soft">{t('history.gone')}</p>)}
      </Loaded>
    </Screen>
  )
}

/** All that is known of one request. */
export function Detail({ row, nowMs }: { row: HistoryRowView; nowMs: number }) {
  return (
    <>
      <section class="card stack-tight" aria-label={t('history.charged')}>
        <OriginName principal={row.principal} />
        <p>
          <Money amount={rowAmount(row)} currency={row.currency} size="xl" />{' '}
          <span class={row.money === 'live' ? 'row-held' : 'soft'}>{rowState(row, nowMs)}</span>
        </p>
        <p>{whyCharged(row, nowMs)}</p>
        <p class="soft small">{formatDateTime(row.createdAtMs)}</p>
      </section>
      {row.error !== null && <Notice tone="danger" title={publicErrorWords(row.error)} />}
      <Section title={t('history.life')}>
        <LifeLine steps={lifeOf(row, nowMs)} />
      </Section>
      <Section title={t('history.proof')}>
        <ProofNotice row={row} />
      </Section>
      <Section title={t('common.details')}>
        <div class="card">
          <DetailFacts row={row} />
        </div>
      </Section>
      {row.prompt !== null && (
        <Section title={t('history.prompt')}>
          <blockquote class="card history-prompt" dir="auto">
            {row.prompt}
          </blockquote>
        </Section>
      )}
      <div>
        <CopyText text={JSON.stringify(row, null, 2)}>{t('history.copyJson')}</CopyText>
      </div>
    </>
  )
}
