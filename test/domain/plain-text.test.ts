import { describe, expect, it } from 'vitest'
import { plainText } from '../../src/domain/plain-text.ts'

describe('plainText', () => {
  it.each([
    ['plain words stay', 'Grüße, 世界 😀', 'Grüße, 世界 😀'],
    ['white space collapses', '  a\t\r\n b  ', 'a b'],
    ['control characters become a space', 'a\u0000\u001b[31mb', 'a [31mb'],
    ['bidi overrides vanish', 'pay \u202e001\u202c \u2066x\u2069', 'pay 001 x'],
    ['zero-width characters vanish', 'pay\u200bpal\ufeff', 'paypal'],
    ['tag characters vanish', 'a\u{e0041}b', 'ab'],
    ['lone surrogates vanish', 'a\ud800b', 'ab'],
    ['private use vanishes', 'a\ue000b', 'ab'],
    ['nothing stays nothing', '\u200b \n', ''],
  ])('%s', (_, text, plain) => {
    expect(plainText(text, 100)).toBe(plain)
  })

  it('cuts by characters, not by halves of them, and says so', () => {
    expect(plainText('😀😀😀', 3)).toBe('😀😀😀')
    expect(plainText('😀😀😀😀', 3)).toBe('😀😀…')
  })
})
