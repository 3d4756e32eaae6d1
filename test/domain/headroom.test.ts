import { describe, expect, it } from 'vitest'
import { toAtomic, ZERO } from '../../src/domain/amount.ts'
import { fits, headroom } from '../../src/domain/headroom.ts'

const sums = (settled: bigint, live: bigint) => ({ settled: toAtomic(settled), live: toAtomic(live) })

describe('headroom', () => {
  it('is the cap less what is settled and live', () => {
    expect(headroom(toAtomic(10n), sums(3n, 4n))).toEqual({ kind: 'left', amount: 3n })
  })

  it('is nothing left, not passed, where the cap is used up exactly', () => {
    const room = headroom(toAtomic(10n), sums(10n, 0n))
    expect(room).toEqual({ kind: 'left', amount: 0n })
    expect(fits(room, ZERO)).toBe(true)
    expect(fits(room, toAtomic(1n))).toBe(false)
  })

  it('is passed where the cap was lowered below its use, and takes not even nothing', () => {
    const room = headroom(toAtomic(10n), sums(8n, 5n))
    expect(room).toEqual({ kind: 'passed', by: 3n })
    expect(fits(room, ZERO)).toBe(false)
  })
})
