import { ChartColumn } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { Currency } from '../../domain/currency.ts'
import type { DailyView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { LoadFailed } from '../app/load-failed.tsx'
import { Screen, Section } from '../app/screen.tsx'
import { latestOf, useResource } from '../app/use-resource.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { List } from '../components/list.tsx'
import { Spinner } from '../components/spinner.tsx'
import { Tabs } from '../components/tabs.tsx'
import { currencyName } from '../format/mode-words.ts'
import { HistoryRow } from '../history/history-row.tsx'
import { t } from '../words.ts'
import { ByDay } from './by-day.tsx'
import { ByName } from './by-name.tsx'
import { currenciesIn, DAYS } from './spending.ts'

/** Where the money went in the last thirty days. */
export function InsightsScreen() {
  const [rows, reload] = useResource('insights.daily', { days: DAYS, by: 'all' }, { topics: ['ledger'] })
  const daily = latestOf(rows)
  return (
    <Screen title={t('insights.title')}>
      {daily ? (
        <Insights daily={daily} />
      ) : rows.kind === 'failed' ? (
        <LoadFailed error={rows.error} onRetry={reload} />
      ) : (
        <Spinner label={t('common.loading')} />
      )}
    </Screen>
  )
}

function Insights({ daily }: { daily: readonly DailyView[] }) {
  const currencies = currenciesIn(daily)
  const [wanted, setWanted] = useState<Currency | null>(null)
  const currency = currencies.find((one) => one === wanted) ?? currencies[0]
  if (currency === undefined) {
    return (
      <EmptyState icon={ChartColumn} title={t('insights.none')}>
        {t('insights.noneMeans')}
      </EmptyState>
    )
  }
  return (
    <>
      {currencies.length > 1 && (
        <Tabs
          label={t('insights.currency')}
          value={currency}
          options={currencies.map((value) => ({ value, label: currencyName(value) }))}
          onChange={setWanted}
        />
      )}
      <ByDay daily={daily} currency={currency} />
      <ByName currency={currency} />
      <Dearest currency={currency} />
    </>
  )
}

function Dearest({ currency }: { currency: Currency }) {
  const { now } = useApp()
  const [read] = useResource('insights.dearest', { days: DAYS, currency }, { topics: ['ledger'] })
  const row = latestOf(read)
  if (!row) return null
  return (
    <Section title={t('insights.dearest')}>
      <div class="card">
        <List label={t('insights.dearest')}>
          <HistoryRow row={row} nowMs={now()} />
        </List>
      </div>
    </Section>
  )
}
