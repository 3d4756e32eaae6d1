import type { ComponentChildren } from 'preact'
import { type AtomicAmount, formatAtomic } from '../../domain/amount.ts'
import type { Currency } from '../../domain/currency.ts'
import { Money } from '../components/money.tsx'
import { moneyText } from '../format/money.ts'
import { t, tCount } from '../words.ts'
import './insights.css'

export interface SpendingLine {
  readonly key: string
  readonly name: ComponentChildren
  readonly settled: AtomicAmount
  readonly live: AtomicAmount
  readonly count: number
  /** Part of the dearest line, 0 to 1, drawn behind the name; null: nothing is drawn. */
  readonly share: number | null
}

interface SpendingTableProps {
  readonly caption: string
  /** Heading of the first column. */
  readonly heading: string
  readonly currency: Currency
  readonly lines: readonly SpendingLine[]
}

/** Spending in figures: name and requests, spent, and what is on hold where there is any. */
export function SpendingTable({ caption, heading, currency, lines }: SpendingTableProps) {
  return (
    <table class="spending-table">
      <caption class="visually-hidden">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{heading}</th>
          <th scope="col" class="spending-figure">
            {t('insights.spent')}
          </th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => (
          <tr key={line.key}>
            <th scope="row">
              {line.name}
              <span class="spending-count">{tCount('insights.count', line.count)}</span>
              {line.share !== null && (
                <span class="spending-share" aria-hidden="true">
                  <span style={{ inlineSize: `${(line.share * 100).toFixed(1)}%` }} />
                </span>
              )}
            </th>
            <td class="spending-figure">
              <Money amount={formatAtomic(line.settled)} currency={currency} />
              {line.live > 0n && (
                <span class="spending-live">
                  {t('insights.held', { amount: moneyText(formatAtomic(line.live), currency) })}
                </span>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
