import * as common from '@zxcvbn-ts/language-common'
import { describe, expect, it } from 'vitest'
import { COMMON_PASSWORDS } from '../../src/wallet/common-passwords.ts'
import { findPasswordProblem } from '../../src/wallet/password-policy.ts'
import { passwordStrength } from '../../src/wallet/password-strength.ts'

describe('password policy', () => {
  it('bundles every listed password of at least 12 characters', () => {
    const listed = (common.dictionary['passwords-common'] ?? [])
      .map((word) => String(word).toLowerCase())
      .filter((word) => [...word].length >= 12)
    expect(listed.length).toBeGreaterThan(300)
    expect([...COMMON_PASSWORDS].sort()).toEqual([...new Set(listed)].sort())
  })

  it('refuses every bundled one, in any case', () => {
    for (const word of COMMON_PASSWORDS) {
      expect(findPasswordProblem(word)).toBe('password-common')
      expect(findPasswordProblem(word.toUpperCase())).toBe('password-common')
      expect(passwordStrength(word).ok).toBe(false)
    }
  })

  it.each([
    ['eleven chars'.slice(0, 11), 'password-short'],
    ['', 'password-short'],
    ['🔑🔑🔑🔑🔑🔑', 'password-short'],
    ['x1'.repeat(200), 'password-long'],
    ['aaaaaaaaaaaa', 'password-guessable'],
    ['passwordpassword', 'password-common'],
    ['hunter2hunter2', 'password-guessable'],
    ['abcabcabcabca', 'password-guessable'],
    ['abcdefghijklm', 'password-guessable'],
    ['zyxwvutsrqponml', 'password-guessable'],
    ['123456789012', 'password-common'],
    ['a quiet lunch by the sea', null],
    ['twelve chars', null],
  ])('judges %j', (password, problem) => {
    expect(findPasswordProblem(password)).toBe(problem)
  })
})

describe('password strength', () => {
  it.each([
    ['short', { ok: false, reason: 'password-short' }],
    ['P@ssw0rd1234', { ok: false, reason: 'password-guessable' }],
    ['qwertyuiop123', { ok: false, score: 1 }],
    ['!@#$%^&*()_+', { ok: false }],
    ['a quiet lunch by the sea', { ok: true, reason: null, score: 4 }],
    ['correct horse battery staple', { ok: true, reason: null, score: 4 }],
  ])('judges %j', (password, expected) => {
    expect(passwordStrength(password)).toMatchObject(expected)
  })
})
