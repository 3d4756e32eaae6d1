import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { TRANSFER_FAILURES } from '../../../src/transfers/transfers.ts'
import { failureWords, transferState, transferTitle } from '../../../src/ui/transfers/transfer-words.ts'
import { makeTransfer } from '../samples.ts'

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

describe('the title of a transfer', () => {
  const OPG = { kind: 'allowance', amount: '10000000000000000000' } as const
  const NONE = { kind: 'allowance', amount: '0' } as const

  it.each([
    ['confirmed', {}, 'Sent'],
    ['confirmed', OPG, 'Allowance set'],
    ['confirmed', NONE, 'Allowance revoked'],
    ['sent', {}, 'Sending'],
    ['signed', OPG, 'Setting the allowance'],
    ['sent', NONE, 'Revoking the allowance'],
    ['sent', { doing: 'cancel' }, 'Cancelling'],
    ['confirmed', { doing: 'cancel' }, 'Sent'],
  ] as const)('says what is done only where it is %s: %o', (state, part, title) => {
    expect(transferTitle(makeTransfer({ state, ...part }))).toBe(title)
  })
  it.each(TRANSFER_FAILURES)('never claims a success where it failed: %s', (reason) => {
    for (const [part, done] of [
      [{}, 'Sent'],
      [OPG, 'Allowance set'],
      [NONE, 'Allowance revoked'],
    ] as const) {
      const title = transferTitle(makeTransfer({ state: 'failed', reason, ...part }))
      expect(title).not.toBe(done)
      expect(title).toMatch(/\bnot\b/i)
    }
  })
  it('claims neither where its end is not known', () => {
    const known = TRANSFER_FAILURES.filter(
      (reason) => transferTitle(makeTransfer({ state: 'failed', reason })) === 'Not sent',
    )
    expect(known).toEqual(['refused', 'reverted', 'replaced', 'cancelled', 'expired'])
    expect(transferState({ state: 'failed', reason: 'lost' })).toBe('Unclear')
    expect(transferState({ state: 'failed', reason: 'never-heard-of' })).toBe('Unclear')
  })
})
