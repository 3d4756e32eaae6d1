/** Amounts of anything on a chain that is not a budget's currency: ETH, SOL, and assets in transfers. */
import { formatDecimal, parseAtomic } from '../../domain/amount.ts'
import { t } from '../words.ts'
import { cached } from './cached.ts'
import { decimalText } from './decimal-text.ts'

const numberFormat = cached(
  (locale: string | undefined, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
)

interface CoinOptions {
  readonly rounding?: 'up' | 'down' | 'nearest'
  readonly locale?: string
}

/** `0.000213 ETH`: at most six decimals for reading, every digit in `exact`. `amount` in atomic units. */
export function formatCoin(
  amount: string,
  unit: { readonly symbol: string; readonly decimals: number },
  options: CoinOptions = {},
): { readonly short: string; readonly exact: string } {
  const whole = decimalText(formatDecimal(parseAtomic(amount), unit.decimals))
  const say = (digits: Intl.NumberFormatOptions, value = whole) =>
    t('money.coin', {
      amount: numberFormat(options.locale, digits).format(value),
      symbol: unit.symbol,
    })
  const exact = say({ maximumFractionDigits: Math.min(unit.decimals, 100) })
  if (/^0\.000000/.test(whole)) {
    return { short: t('money.lessThan', { amount: say({ maximumFractionDigits: 6 }, '0.000001') }), exact }
  }
  const roundingMode = { up: 'ceil', down: 'floor', nearest: 'halfExpand' } as const
  return {
    short: say({ maximumFractionDigits: 6, roundingMode: roundingMode[options.rounding ?? 'nearest'] }),
    exact,
  }
}
