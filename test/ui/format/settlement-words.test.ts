import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { SETTLEMENT_MODES } from '../../../src/domain/budget.ts'
import { settlementWords } from '../../../src/ui/format/settlement-words.ts'

describe('the words for what goes on chain about a request', () => {
  it('says what individual hashes are for: a later proof of which prompt was used', () => {
    expect(settlementWords('individual')).toContain('prove later what was asked')
  })

  it('differ for every mode', () => {
    expect(new Set(SETTLEMENT_MODES.map(settlementWords)).size).toBe(SETTLEMENT_MODES.length)
  })
})
