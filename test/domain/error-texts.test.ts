import { describe, expect, it } from 'vitest'
import { ERROR_TEXTS, errorSentence } from '../../src/domain/error-texts.ts'
import { CAUSES } from '../../src/domain/errors.ts'

const rows = Object.entries(ERROR_TEXTS)

describe('the error texts', () => {
  it('have a row for every cause', () => {
    expect(Object.keys(ERROR_TEXTS).sort()).toEqual(Object.keys(CAUSES).sort())
  })

  it.each(rows)('%s says what happened and what to do, in whole sentences', (_cause, text) => {
    for (const sentence of [text.what, text.todo]) expect(sentence).toMatch(/^[A-Z].{5,110}\.$/)
  })

  it('say that nothing was charged where the cause alone tells', () => {
    expect(errorSentence('frozen', 'maybe')).toBe(
      'All spending is frozen. Nothing was charged. Lift the freeze in the popup.',
    )
  })

  it("leave it to the payment's state elsewhere", () => {
    expect(errorSentence('stream-truncated', 'yes')).toContain('It was paid for.')
    expect(errorSentence('stream-truncated', 'maybe')).toContain('on hold')
  })

  it('never call a failure unpaid that can follow a signature', () => {
    // docs/PAGE_API.md: after a signature may exist, the answer is `paid_no_answer`.
    for (const cause of [
      'gateway-error',
      'gateway-unreachable',
      'stream-truncated',
      'answer-gone',
      'aborted',
    ] as const) {
      expect(ERROR_TEXTS[cause].charged).toBeNull()
    }
  })
})
