import { type AtomicAmount, add, formatAtomic } from '../../domain/amount.ts'
import type { Currency } from '../../domain/currency.ts'
import { moneyText } from '../format/money.ts'
import { formatDate, formatDay } from '../format/time.ts'
import { t } from '../words.ts'
import './insights.css'
import { type DaySpending, dearestDay, shareOf, spendingInAll } from './spending.ts'

/** Size of the drawing in its own units: one day is 10 wide, its bar 7. */
const STEP = 10
const BAR = 7
const HEIGHT = 100
/** A day on which anything was spent has at least a line. */
const LEAST = 1.5

/** Spending per day as bars: settled below, on hold above. The table beside it says the same in figures. */
export function DayChart({ days, currency }: { days: readonly DaySpending[]; currency: Currency }) {
  const top = dearestDay(days)
  const first = days[0]
  const last = days.at(-1)
  const all = spendingInAll(days)
  if (!first || !last) return null
  return (
    <figure class="day-chart">
      <div class="row-spread small soft">
        <span>{t('insights.perDay')}</span>
        <span>{t('insights.upTo', { amount: say(top, currency) })}</span>
      </div>
      <svg
        viewBox={`0 0 ${days.length * STEP} ${HEIGHT}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('insights.chart', {
          total: say(add(all.settled, all.live), currency),
          most: say(top, currency),
          from: formatDate(first.dayStartMs),
          to: formatDate(last.dayStartMs),
        })}
      >
        {days.map((day, index) => (
          <DayBar key={day.dayStartMs} day={day} top={top} currency={currency} x={index * STEP} />
        ))}
      </svg>
      <div class="row-spread small soft" aria-hidden="true">
        <span>{formatDay(first.dayStartMs)}</span>
        <span>{formatDay(last.dayStartMs)}</span>
      </div>
    </figure>
  )
}

interface DayBarProps {
  readonly day: DaySpending
  readonly top: AtomicAmount
  readonly currency: Currency
  readonly x: number
}

function DayBar({ day, top, currency, x }: DayBarProps) {
  const settled = heightOf(day.settled, top)
  const live = heightOf(day.live, top)
  const left = x + (STEP - BAR) / 2
  const title = t('insights.day', {
    date: formatDate(day.dayStartMs),
    settled: say(day.settled, currency),
    live: say(day.live, currency),
  })
  return (
    <g class="day-bar">
      <title>{title}</title>
      <rect class="day-bar-ground" x={x} y={0} width={STEP} height={HEIGHT} />
      <rect class="day-bar-settled" x={left} y={HEIGHT - settled} width={BAR} height={settled} />
      <rect class="day-bar-live" x={left} y={HEIGHT - settled - live} width={BAR} height={live} />
    </g>
  )
}

function heightOf(amount: AtomicAmount, top: AtomicAmount): number {
  return amount === 0n ? 0 : Math.max(LEAST, shareOf(amount, top) * (HEIGHT - LEAST))
}

function say(amount: AtomicAmount, currency: Currency): string {
  return moneyText(formatAtomic(amount), currency)
}
