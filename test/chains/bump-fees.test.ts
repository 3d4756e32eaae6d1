import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bumpFees } from '../../src/chains/evm/bump-fees.ts'

const GWEI = 10n ** 9n
const price = fc
  .record({ base: fc.bigInt(0n, 50n * GWEI), tip: fc.bigInt(0n, 50n * GWEI) })
  .map(({ base, tip }) => ({ maxFeePerGas: base + tip, maxPriorityFeePerGas: tip }))

describe('fees of a replacement', () => {
  it('are each an eighth above what they were, never below what is usual, and stand in order', () => {
    fc.assert(
      fc.property(price, price, (before, usual) => {
        const fees = bumpFees(before, usual)
        for (const name of ['maxFeePerGas', 'maxPriorityFeePerGas'] as const) {
          expect(fees[name] * 8n >= before[name] * 9n).toBe(true)
          expect(fees[name] > before[name]).toBe(true)
          expect(fees[name] >= usual[name]).toBe(true)
        }
        expect(fees.maxFeePerGas >= fees.maxPriorityFeePerGas).toBe(true)
      }),
    )
  })

  it.each([
    ['an eighth more', [800n, 80n], [1n, 1n], [900n, 90n]],
    ['an eighth, rounded up', [801n, 81n], [1n, 1n], [902n, 92n]],
    ['one wei more than nothing', [0n, 0n], [0n, 0n], [1n, 1n]],
    ['what is usual now', [800n, 80n], [5_000n, 85n], [5_000n, 90n]],
    ['no tip above the whole fee', [80n, 80n], [90n, 200n], [200n, 200n]],
  ] as const)('are %s', (_, before, usual, expected) => {
    const named = ([maxFeePerGas, maxPriorityFeePerGas]: readonly [bigint, bigint]) => ({
      maxFeePerGas,
      maxPriorityFeePerGas,
    })
    expect(bumpFees(named(before), named(usual))).toEqual(named(expected))
  })
})
