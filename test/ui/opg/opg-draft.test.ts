import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '../../../src/domain/default-limits.ts'
import { type OpgDraft, opgDraftOf, parseAllowance, parseOpgDraft } from '../../../src/ui/opg/opg-draft.ts'

const ONE = 10n ** 18n

function draft(part: Partial<OpgDraft> = {}): OpgDraft {
  return { allowance: '10', perDay: '10', perSession: '5', ...part }
}

describe('the figures with which OPG is switched on', () => {
  it('are proposed as 10 OPG of allowance, 10 a day, 5 a session', () => {
    const { perDay, maxPerRequest } = DEFAULT_LIMITS.OPG
    expect(opgDraftOf({ perDay: String(perDay), maxPerRequest: String(maxPerRequest) })).toEqual(draft())
  })
  it('are read in atomic units of 18 decimals', () => {
    expect(parseOpgDraft(draft({ perSession: '0.000000000000000001' }))).toEqual({
      kind: 'ok',
      figures: { allowance: 10n * ONE, perDay: 10n * ONE, perSession: 1n },
    })
  })
  it('take a session that is the whole day, and none above it', () => {
    expect(parseOpgDraft(draft({ perSession: '10' })).kind).toBe('ok')
    expect(parseOpgDraft(draft({ perSession: '10.000000000000000001' }))).toEqual({
      kind: 'wrong',
      errors: { perSession: expect.any(String) },
    })
  })
  it('name every field that cannot be read', () => {
    expect(parseOpgDraft(draft({ allowance: '', perDay: 'ten', perSession: '0' }))).toEqual({
      kind: 'wrong',
      errors: { allowance: expect.any(String), perDay: expect.any(String), perSession: expect.any(String) },
    })
  })
})

describe('an allowance', () => {
  it('is finite: nothing that can be typed is what Permit2 takes as unlimited', () => {
    const most = parseAllowance('9'.repeat(30))
    if (most.kind !== 'ok') throw new Error('It was refused')
    expect(most.amount < 2n ** 160n - 1n).toBe(true)
    expect(parseAllowance('9'.repeat(31)).kind).toBe('wrong')
  })
  it('is more than nothing: revoking has a button of its own', () => {
    expect(parseAllowance('0').kind).toBe('wrong')
  })
})
