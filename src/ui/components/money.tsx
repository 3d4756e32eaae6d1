import type { Currency } from '../../domain/currency.ts'
import { formatMoney, type MoneyRounding } from '../format/money.ts'
import { t } from '../words.ts'
import './money.css'

interface MoneyProps {
  /** Decimal string in atomic units. */
  readonly amount: string
  readonly currency: Currency
  readonly rounding?: MoneyRounding
  /** Test money is labelled unless the label stands right beside it already. */
  readonly label?: boolean
  readonly size?: 'm' | 'l' | 'xl'
}

/** An amount: short to read, exact on hover and for screen readers. */
export function Money({ amount, currency, rounding = 'nearest', label = true, size = 'm' }: MoneyProps) {
  const words = formatMoney(amount, currency, { rounding })
  return (
    <span class={`money money-${size}${words.short.length > 16 ? ' money-long' : ''}`} title={words.exact}>
      <bdi>{words.short}</bdi>
      {words.exact !== words.short && (
        <span class="visually-hidden">{t('money.exactly', { amount: words.exact })}</span>
      )}
      {words.test && label && <span class="money-test"> {t('money.test')}</span>}
    </span>
  )
}
