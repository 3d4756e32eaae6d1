import { COMMON_PASSWORDS } from './common-passwords.ts'

/** Fewest characters of a password or passphrase. */
export const MIN_PASSWORD_LENGTH = 12
export const MAX_PASSWORD_LENGTH = 256

export type PasswordProblem = 'password-short' | 'password-long' | 'password-common' | 'password-guessable'

/** What the wallet itself refuses, whoever calls; the screen's meter (`passwordStrength`) refuses more. */
export function findPasswordProblem(password: string): PasswordProblem | null {
  const characters = [...password.normalize('NFKC')]
  if (characters.length < MIN_PASSWORD_LENGTH) return 'password-short'
  if (characters.length > MAX_PASSWORD_LENGTH) return 'password-long'
  const text = characters.join('').toLowerCase()
  if (COMMON_PASSWORDS.has(text)) return 'password-common'
  return isRepetition(text) || isSequence(text) ? 'password-guessable' : null
}

/** One short piece over and over, the last one perhaps cut: "aaaaaaaaaaaa", "hunter2hunter2". */
function isRepetition(text: string): boolean {
  for (let length = 1; length <= Math.min(8, text.length / 2); length++) {
    if (
      text ===
      text
        .slice(0, length)
        .repeat(Math.ceil(text.length / length))
        .slice(0, text.length)
    )
      return true
  }
  return false
}

/** Neighbours of an alphabet, up or down: "abcdefghijkl", "987654321098" aside (it is on the list). */
function isSequence(text: string): boolean {
  const codes = [...text].map((character) => character.codePointAt(0) ?? 0)
  return [1, -1].some((step) =>
    codes.every((code, index) => index === 0 || code - (codes[index - 1] ?? 0) === step),
  )
}
