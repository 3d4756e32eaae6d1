import { describe, expect, it } from 'vitest'
import { balanceTotals } from '../../../src/ui/home/balance-totals.ts'
import { makeBalances, NOW } from '../samples.ts'

describe('balanceTotals', () => {
  it('adds up one currency over its networks, and no coin', () => {
    expect(balanceTotals(makeBalances())).toEqual([
      { currency: 'USDC', amount: 6887600n, atMs: NOW - 30_000, uncertain: false },
      { currency: 'OPG', amount: 12345000000000000000n, atMs: NOW - 30_000, uncertain: false },
      { currency: 'tUSDC', amount: 25000000n, atMs: NOW - 7_200_000, uncertain: true },
      { currency: 'tOPG', amount: null, atMs: null, uncertain: true },
    ])
  })

  it('is as old as its oldest part', () => {
    const [first, ...rest] = makeBalances()
    if (!first) throw new Error('no balances')
    const [usdc] = balanceTotals([{ ...first, atMs: NOW - 86_400_000 }, ...rest])
    expect(usdc?.atMs).toBe(NOW - 86_400_000)
  })
})
