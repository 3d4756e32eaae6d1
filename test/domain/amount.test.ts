import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  add,
  formatAtomic,
  formatDecimal,
  maximum,
  minimum,
  parseAtomic,
  parseDecimal,
  subtract,
  toAtomic,
} from '../../src/domain/amount.ts'

const amounts = fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }).map(toAtomic)

describe('amounts', () => {
  it('come back from their wire form, up to uint256', () => {
    fc.assert(fc.property(amounts, (amount) => parseAtomic(formatAtomic(amount)) === amount))
  })

  it('come back from their decimal form at any number of decimals', () => {
    fc.assert(
      fc.property(
        fc.bigInt({ min: 0n, max: 10n ** 40n }).map(toAtomic),
        fc.integer({ min: 0, max: 18 }),
        (a, d) => {
          return parseDecimal(formatDecimal(a, d), d) === a
        },
      ),
    )
  })

  it.each([
    [4474n, 6, '0.004474'],
    [1_000_000n, 6, '1'],
    [1n, 18, '0.000000000000000001'],
    [0n, 6, '0'],
    [1_500_000n, 6, '1.5'],
  ])('writes %s at %s decimals as %s', (amount, decimals, text) => {
    expect(formatDecimal(toAtomic(amount), decimals)).toBe(text)
  })

  it.each(['', '00', '01', '-1', '1.0', '1e3', '0x1', ' 1', '1 ', '+1', '1n', '９', '1'.repeat(79)])(
    'refuses the wire form %o',
    (text) => {
      expect(() => parseAtomic(text)).toThrow(RangeError)
    },
  )

  it('never rounds a decimal', () => {
    expect(() => parseDecimal('0.0000001', 6)).toThrow(RangeError)
  })

  it('never go below zero', () => {
    expect(() => subtract(toAtomic(1n), toAtomic(2n))).toThrow(RangeError)
    expect(() => toAtomic(-1n)).toThrow(RangeError)
    expect(subtract(add(toAtomic(1n), toAtomic(2n)), toAtomic(3n))).toBe(0n)
  })

  it('compare as whole numbers', () => {
    expect(minimum(toAtomic(9n), toAtomic(10n))).toBe(9n)
    expect(maximum(toAtomic(9n), toAtomic(10n))).toBe(10n)
  })
})
