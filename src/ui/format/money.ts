/** Amounts of a currency in words: the only place where atomic units become something to read. */
import { formatDecimal, parseAtomic } from '../../domain/amount.ts'
import { type Currency, decimalsOf, isTestMoney } from '../../domain/currency.ts'
import { t } from '../words.ts'
import { cached } from './cached.ts'
import { type DecimalText, decimalText } from './decimal-text.ts'

/** nearest: what was charged. up: a maximum, never understated. down: what remains, never overstated. exact: a figure that the person chose. */
export type MoneyRounding = 'nearest' | 'up' | 'down' | 'exact'

export interface MoneyWords {
  /** As short as it can be said. */
  readonly short: string
  /** Every digit, with the unit. */
  readonly exact: string
  readonly test: boolean
}

interface MoneyOptions {
  readonly rounding?: MoneyRounding
  readonly locale?: string
}

const ROUNDING_MODES = { nearest: 'halfExpand', up: 'ceil', down: 'floor', exact: 'halfExpand' } as const

/** Says an amount in atomic units (decimal string): `$0.0045`, `less than $0.0001`, `1.25 OPG`. Throws RangeError on anything else. */
export function formatMoney(amount: string, currency: Currency, options: MoneyOptions = {}): MoneyWords {
  const decimals = decimalsOf(currency)
  const whole = decimalText(formatDecimal(parseAtomic(amount), decimals))
  const style = isDollars(currency) ? dollars : units
  const rounding = options.rounding ?? 'nearest'
  return {
    short: style.short(whole, rounding, options.locale),
    exact: style.exact(whole, decimals, options.locale),
    test: isTestMoney(currency),
  }
}

/** One line of plain text, for sentences, titles and notifications; test money is named as such. */
export function moneyText(amount: string, currency: Currency, options: MoneyOptions = {}): string {
  const words = formatMoney(amount, currency, options)
  return words.test ? t('money.testText', { amount: words.short }) : words.short
}

/** Every digit, for hovering and for readers; test money is named as such. */
export function exactText(amount: string, currency: Currency): string {
  const words = formatMoney(amount, currency)
  return words.test ? t('money.testText', { amount: words.exact }) : words.exact
}

/** USDC and its twin are shown as dollars. */
export function isDollars(currency: Currency): boolean {
  return currency === 'USDC' || currency === 'tUSDC'
}

interface MoneyStyle {
  short(whole: DecimalText, rounding: MoneyRounding, locale?: string): string
  exact(whole: DecimalText, decimals: number, locale?: string): string
}

const SMALLEST = '0.0001'

const dollars: MoneyStyle = {
  short(whole, rounding, locale) {
    if (rounding === 'exact')
      return dollarFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 6 }).format(whole)
    if (isBelowSmallest(whole)) {
      return t('money.lessThan', {
        amount: dollarFormat(locale, { minimumFractionDigits: 4 }).format(SMALLEST),
      })
    }
    const small = whole.startsWith('0.')
    const digits = { minimumFractionDigits: 2, maximumFractionDigits: small ? 4 : 2 }
    return dollarFormat(locale, { ...digits, roundingMode: ROUNDING_MODES[rounding] }).format(whole)
  },
  exact(whole, decimals, locale) {
    return dollarFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: decimals }).format(whole)
  },
}

const units: MoneyStyle = {
  short(whole, rounding, locale) {
    if (rounding === 'exact') return opg(numberFormat(locale, { maximumFractionDigits: 18 }).format(whole))
    if (isBelowSmallest(whole)) {
      return t('money.lessThan', {
        amount: opg(numberFormat(locale, { maximumFractionDigits: 4 }).format(SMALLEST)),
      })
    }
    const digits = { maximumFractionDigits: 4, roundingMode: ROUNDING_MODES[rounding] }
    return opg(numberFormat(locale, digits).format(whole))
  },
  exact(whole, decimals, locale) {
    return opg(numberFormat(locale, { maximumFractionDigits: decimals }).format(whole))
  },
}

function isBelowSmallest(whole: string): boolean {
  return /^0\.0000/.test(whole)
}

function opg(amount: string): string {
  return t('money.opg', { amount })
}

function dollarFormat(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return numberFormat(locale, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    ...options,
  })
}

const numberFormat = cached(
  (locale: string | undefined, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options),
)
