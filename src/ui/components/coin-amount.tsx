import { formatCoin } from '../format/coin.ts'
import { t } from '../words.ts'
import './money.css'

interface CoinAmountProps {
  /** Decimal string in atomic units. */
  readonly amount: string
  readonly symbol: string
  readonly decimals: number
  readonly rounding?: 'up' | 'down' | 'nearest'
}

/** An amount of a coin or token on a chain: short to read, exact on hover and for screen readers. */
export function CoinAmount({ amount, symbol, decimals, rounding = 'down' }: CoinAmountProps) {
  const words = formatCoin(amount, { symbol, decimals }, { rounding })
  return (
    <span class="money" title={words.exact}>
      <bdi>{words.short}</bdi>
      {words.exact !== words.short && (
        <span class="visually-hidden">{t('money.exactly', { amount: words.exact })}</span>
      )}
    </span>
  )
}
