import type { PriceEstimate } from '../../../protocol/chat-estimate.ts'
import type { BudgetView } from '../../../protocol/ui-views.ts'
import { moneyText } from '../../format/money.ts'
import { t } from '../../words.ts'
import type { LiveQuote } from './use-price.ts'

interface PriceLineProps {
  readonly estimate: PriceEstimate
  readonly live: LiveQuote
  /** The panel's budget in the currency that will be paid in; null: none yet. */
  readonly budget: BudgetView | null
}

/** What the next answer will cost, marked as an estimate unless the gateway said it, and what is left to spend. */
export function PriceLine({ estimate, live, budget }: PriceLineProps) {
  return (
    <>
      <p>{priceWords(estimate, live)}</p>
      <p>{budget ? leftWords(budget) : t('chat.price.noBudget')}</p>
    </>
  )
}

function leftWords({ remaining, currency, period }: BudgetView): string {
  const amount = moneyText(remaining, currency, { rounding: 'down' })
  switch (period) {
    case 'hour':
      return t('chat.price.leftHour', { amount })
    case 'day':
      return t('chat.price.leftDay', { amount })
    case 'week':
      return t('chat.price.leftWeek', { amount })
    case 'month':
      return t('chat.price.leftMonth', { amount })
    case 'total':
      return t('chat.price.leftTotal', { amount })
  }
}

function priceWords(estimate: PriceEstimate, live: LiveQuote) {
  if (live.kind === 'asking') return t('chat.price.quoting')
  if (live.kind === 'quoted') {
    const amount = moneyText(live.quote.max, live.quote.currency, { rounding: 'up' })
    return (
      <>
        <span class="price-kind">{t('chat.price.liveLabel')}</span> {t('chat.price.live', { amount })}
      </>
    )
  }
  if (estimate.kind === 'unknown') return t('chat.price.unknown')
  const amount = moneyText(estimate.amount, estimate.currency, { rounding: 'up' })
  return (
    <span title={t('chat.price.estimateMeans')}>
      <span class="price-kind">{t('chat.price.estimateLabel')}</span> {t('chat.price.estimate', { amount })}
      <span class="visually-hidden"> {t('chat.price.estimateMeans')}</span>
    </span>
  )
}
