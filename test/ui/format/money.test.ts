import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import type { Currency } from '../../../src/domain/currency.ts'
import { formatMoney, type MoneyRounding, moneyText } from '../../../src/ui/format/money.ts'

type Row = readonly [
  amount: string,
  currency: Currency,
  rounding: MoneyRounding,
  short: string,
  exact: string,
]

const OPG = '000000000000000000'

describe('formatMoney in English', () => {
  const rows: readonly Row[] = [
    ['0', 'USDC', 'nearest', '$0.00', '$0.00'],
    ['1', 'USDC', 'nearest', 'less than $0.0001', '$0.000001'],
    ['99', 'USDC', 'up', 'less than $0.0001', '$0.000099'],
    ['100', 'USDC', 'nearest', '$0.0001', '$0.0001'],
    ['4474', 'USDC', 'nearest', '$0.0045', '$0.004474'],
    ['4424', 'USDC', 'nearest', '$0.0044', '$0.004424'],
    ['4424', 'USDC', 'up', '$0.0045', '$0.004424'],
    ['4474', 'USDC', 'down', '$0.0044', '$0.004474'],
    ['50000', 'USDC', 'nearest', '$0.05', '$0.05'],
    ['440000', 'USDC', 'nearest', '$0.44', '$0.44'],
    ['999999', 'USDC', 'up', '$1.00', '$0.999999'],
    ['999999', 'USDC', 'down', '$0.9999', '$0.999999'],
    ['5000001', 'USDC', 'nearest', '$5.00', '$5.000001'],
    ['5000001', 'USDC', 'up', '$5.01', '$5.000001'],
    ['5009999', 'USDC', 'down', '$5.00', '$5.009999'],
    ['1005000', 'USDC', 'exact', '$1.005', '$1.005'],
    ['12345678901234567890', 'USDC', 'down', '$12,345,678,901,234.56', '$12,345,678,901,234.56789'],
    [`10${OPG}`, 'OPG', 'nearest', '10 OPG', '10 OPG'],
    ['50000000000000000', 'OPG', 'nearest', '0.05 OPG', '0.05 OPG'],
    ['1', 'OPG', 'nearest', 'less than 0.0001 OPG', '0.000000000000000001 OPG'],
    ['1234567890123456789', 'OPG', 'up', '1.2346 OPG', '1.234567890123456789 OPG'],
    ['1234567890123456789', 'OPG', 'down', '1.2345 OPG', '1.234567890123456789 OPG'],
    [
      `12345678901234567890${OPG}`,
      'OPG',
      'nearest',
      '12,345,678,901,234,567,890 OPG',
      '12,345,678,901,234,567,890 OPG',
    ],
  ]
  it.each(rows)('%s %s (%s) → %s, exactly %s', (amount, currency, rounding, short, exact) => {
    const words = formatMoney(amount, currency, { rounding, locale: 'en-US' })
    expect([words.short, words.exact]).toEqual([short, exact])
  })
})

describe('formatMoney in other locales', () => {
  it('follows the German order and marks', () => {
    expect(formatMoney('1234560000', 'USDC', { locale: 'de-DE' }).short).toBe('1.234,56\u00a0$')
  })
  it('writes Arabic digits in Egypt', () => {
    expect(formatMoney('4474', 'USDC', { locale: 'ar-EG' }).short).toContain('٠٫٠٠٤٥')
  })
})

describe('test money', () => {
  it.each(['tUSDC', 'tOPG'] as const)('%s is marked', (currency) => {
    expect(formatMoney('1', currency).test).toBe(true)
  })
  it('is named in plain text', () => {
    expect(moneyText('4474', 'tUSDC', { locale: 'en-US' })).toBe('$0.0045 (test money)')
  })
  it('real money is not', () => {
    expect(formatMoney('1', 'USDC').test).toBe(false)
  })
})

describe('amounts that are none', () => {
  it.each(['', '-1', '1.5', '01', '1e6', ' 1'])('refuses %j', (amount) => {
    expect(() => formatMoney(amount, 'USDC')).toThrow(RangeError)
  })
})
