import { formatAtomic } from '../../domain/amount.ts'
import type { Currency } from '../../domain/currency.ts'
import type { DailyView } from '../../protocol/ui-views.ts'
import { useNow } from '../app/use-now.ts'
import { Disclosure } from '../components/disclosure.tsx'
import { Money } from '../components/money.tsx'
import { formatDate } from '../format/time.ts'
import { t, tCount } from '../words.ts'
import { DayChart } from './day-chart.tsx'
import './insights.css'
import { spendingByDay, spendingInAll } from './spending.ts'
import { SpendingTable } from './spending-table.tsx'

/** Thirty days: the sum, the bars, and the same in a table. */
export function ByDay({ daily, currency }: { daily: readonly DailyView[]; currency: Currency }) {
  const days = spendingByDay(daily, currency, useNow())
  const all = spendingInAll(days)
  const spent = days.filter(({ count, settled, live }) => count > 0 || settled > 0n || live > 0n)
  return (
    <section class="card stack" aria-label={t('insights.perDay')}>
      <div class="insights-total">
        <Money amount={formatAtomic(all.settled)} currency={currency} size="xl" />
        <span class="soft small">{tCount('insights.inAll', all.count)}</span>
      </div>
      <DayChart days={days} currency={currency} />
      {all.live > 0n && (
        <p class="chart-key">
          <span>{t('insights.spent')}</span>
          <span class="chart-key-live">{t('insights.onHoldMeans')}</span>
        </p>
      )}
      <Disclosure summary={t('insights.table')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
        <section class="spending-scroll" tabIndex={0} aria-label={t('insights.table')}>
          <SpendingTable
            caption={t('insights.table')}
            heading={t('insights.date')}
            currency={currency}
            lines={spent.toReversed().map((day) => ({
              ...day,
              key: String(day.dayStartMs),
              name: formatDate(day.dayStartMs),
              share: null,
            }))}
          />
        </section>
      </Disclosure>
    </section>
  )
}
