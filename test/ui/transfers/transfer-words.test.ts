import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { TRANSFER_FAILURES } from '../../../src/transfers/transfers.ts'
import { failureWords } from '../../../src/ui/transfers/transfer-words.ts'

describe('a failed transfer', () => {
  it.each(TRANSFER_FAILURES)('has words of its own for %s', (reason) => {
    expect(failureWords(reason).what).not.toMatch(/^(It failed|$)/)
  })
  it('says that nothing moved only where nothing could have', () => {
    const nothing = TRANSFER_FAILURES.filter((reason) =>
      /^Nothing was sent, and no fee/.test(failureWords(reason).moved),
    )
    expect(nothing).toEqual(['refused', 'replaced', 'expired'])
  })
  it('says that the fee is gone where it landed and did nothing', () => {
    expect(failureWords('reverted').moved).toMatch(/fee was paid/)
  })
  it('claims nothing where nothing is known', () => {
    expect(failureWords('lost').moved).toBe(failureWords('never-heard-of').moved)
    expect(failureWords('never-heard-of').what).toContain('never-heard-of')
  })
})
