import { describe, expect, it } from 'vitest'
import { moneyInputText, parseMoneyInput } from '../../../src/ui/format/money-input.ts'

describe('parseMoneyInput', () => {
  it.each([
    ['0.50', 6, 500_000n],
    ['.5', 6, 500_000n],
    ['0,5', 6, 500_000n],
    ['$ 2', 6, 2_000_000n],
    ['2.', 6, 2_000_000n],
    ['007', 6, 7_000_000n],
    ['0.0000010', 6, 1n],
    ['0.000000000000000001', 18, 1n],
    ['12345678901234567890', 18, 12345678901234567890n * 10n ** 18n],
  ])('reads %j with %d decimals', (text, decimals, amount) => {
    expect(parseMoneyInput(text, decimals)).toEqual({ kind: 'amount', amount })
  })
  it.each([
    ['', 'empty'],
    ['  ', 'empty'],
    ['.', 'not-a-number'],
    ['1,000.00', 'not-a-number'],
    ['1 000', 'not-a-number'],
    ['-1', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['٥', 'not-a-number'],
    ['0.0000001', 'too-many-decimals'],
  ])('says of %j: %s', (text, kind) => {
    expect(parseMoneyInput(text, 6).kind).toBe(kind)
  })
  it('reads back what it writes', () => {
    expect(parseMoneyInput(moneyInputText('4474', 6), 6)).toEqual({ kind: 'amount', amount: 4474n })
  })
})
