import { describe, expect, it } from 'vitest'
import { isChatError } from '../../src/domain/errors.ts'
import { parseMaxCost } from '../../src/domain/max-cost.ts'

describe('parseMaxCost', () => {
  it.each([
    ['0.02 USDC', 'USDC', 20_000n],
    ['1 OPG', 'OPG', 10n ** 18n],
    ['0 tUSDC', 'tUSDC', 0n],
    ['0.000001 USDC', 'USDC', 1n],
  ])('reads %s', (text, currency, amount) => {
    expect(parseMaxCost(text)).toEqual({ currency, amount })
  })

  it.each([
    '',
    '0.02',
    'USDC',
    '0.02 usdc',
    '0.02 EUR',
    '0.02  USDC',
    ' 0.02 USDC',
    '0.02 USDC ',
    '0.02 USDC x',
    '-1 USDC',
    '1e3 USDC',
    '0x10 USDC',
    '.5 USDC',
    '1. USDC',
    '01 USDC',
    '1,5 USDC',
    '0.0000001 USDC',
    'NaN USDC',
    'Infinity USDC',
    '٣ USDC',
    `${'9'.repeat(61)} USDC`,
    '0.02\nUSDC',
  ])('refuses %o', (text) => {
    expect(() => parseMaxCost(text)).toThrow(
      expect.toSatisfy((error) => isChatError(error) && error.reason === 'invalid-body'),
    )
  })
})
