import '../install-words.ts'
import { describe, expect, it } from 'vitest'
import { stepFor } from '../../../src/ui/onboarding/onboarding-step.ts'
import { makeWallet } from '../samples.ts'

const damaged = makeWallet({ kind: 'damaged', evm: null, solana: null })
const none = makeWallet({ kind: 'none', hasPhrase: false, phraseChecked: false })
const unchecked = makeWallet({ phraseChecked: false })
const checked = makeWallet()
const imported = makeWallet({ hasPhrase: false, phraseChecked: false })
const locked = makeWallet({ kind: 'locked', phraseChecked: false })

describe('stepFor', () => {
  it.each([
    ['', none, false, 'welcome'],
    ['create', none, false, 'create'],
    ['import', none, false, 'import'],
    ['words', none, false, 'welcome'],
    ['fund', none, false, 'welcome'],
    ['', damaged, false, 'damaged'],
    ['create', damaged, false, 'damaged'],
    ['import', damaged, false, 'damaged'],
    ['create', unchecked, false, 'words'],
    ['words', unchecked, false, 'words'],
    ['check', unchecked, false, 'words'],
    ['check', unchecked, true, 'check'],
    ['', unchecked, false, 'words'],
    ['fund', unchecked, false, 'fund'],
    ['', checked, false, 'fund'],
    ['words', checked, false, 'fund'],
    ['', imported, false, 'fund'],
    ['words', locked, false, 'unlock'],
    ['fund', locked, false, 'unlock'],
    ['done', checked, false, 'done'],
  ] as const)('going to "%s" with %j (phrase in hand: %s) shows %s', (wanted, wallet, inHand, step) => {
    expect(stepFor(wanted, wallet, inHand)).toBe(step)
  })
})
