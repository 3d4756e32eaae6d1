import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { type BudgetDraft, draftOf, parseBudgetDraft } from '../../../src/ui/budget/budget-draft.ts'
import { DAY, NOW } from '../samples.ts'

function makeDraft(part: Partial<BudgetDraft> = {}): BudgetDraft {
  const base = draftOf({
    id: 'budget-1',
    currency: 'USDC',
    cap: '500000',
    period: 'day',
    maxPerRequest: '50000',
    models: 'all',
    expiresAtMs: null,
  })
  return { ...base, ...part }
}

describe('parseBudgetDraft', () => {
  it('gives back what it was made from', () => {
    expect(parseBudgetDraft(makeDraft(), NOW)).toEqual({
      kind: 'ok',
      budget: {
        id: 'budget-1',
        currency: 'USDC',
        cap: '500000',
        period: 'day',
        maxPerRequest: '50000',
        models: 'all',
        expiresAtMs: null,
      },
    })
  })
  it('allows as much per request as in all, and not one atomic unit more', () => {
    expect(parseBudgetDraft(makeDraft({ cap: '0.5', perRequest: '0.5' }), NOW).kind).toBe('ok')
    expect(parseBudgetDraft(makeDraft({ cap: '0.5', perRequest: '0.500001' }), NOW)).toMatchObject({
      kind: 'wrong',
      errors: { perRequest: expect.any(String) },
    })
  })
  it.each([
    ['cap', { cap: '' }],
    ['cap', { cap: '0' }],
    ['cap', { cap: '1,000.00' }],
    ['cap', { cap: '0.0000001' }],
    ['perRequest', { perRequest: 'a' }],
    ['perRequest', { perRequest: '0.00' }],
    ['modelLines', { models: 'listed', modelLines: ' \n ' }],
  ] as const)('says what is wrong with %s in %j', (field, part) => {
    const result = parseBudgetDraft(makeDraft(part), NOW)
    expect(result.kind === 'wrong' && Object.keys(result.errors)).toEqual([field])
  })
  it('reads models one to a line', () => {
    const result = parseBudgetDraft(makeDraft({ models: 'listed', modelLines: ' a/b \n\nc' }), NOW)
    expect(result).toMatchObject({ budget: { models: ['a/b', 'c'] } })
  })
  it.each([
    ['keep', NOW + 5, NOW + 5],
    ['never', NOW + 5, null],
    ['day', null, NOW + DAY],
    ['week', null, NOW + 7 * DAY],
    ['month', null, NOW + 30 * DAY],
  ] as const)('lets %s end it right', (expiry, expiresAtMs, expected) => {
    expect(parseBudgetDraft(makeDraft({ expiry, expiresAtMs }), NOW)).toMatchObject({
      budget: { expiresAtMs: expected },
    })
  })
  it('keeps eighteen decimals of OPG', () => {
    const draft = { ...makeDraft(), currency: 'OPG' as const, cap: '1.000000000000000001', perRequest: '1' }
    expect(parseBudgetDraft(draft, NOW)).toMatchObject({ budget: { cap: '1000000000000000001' } })
  })
})
