/** How hard a password is to guess. Loaded on first use: the word lists weigh far more than any screen. */
import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import { adjacencyGraphs, dictionary } from '@zxcvbn-ts/language-common'

export const MIN_PASSWORD_LENGTH = 12

export type PasswordStrength =
  | { readonly kind: 'too-short'; readonly missing: number; readonly score: number }
  | { readonly kind: 'common'; readonly score: number }
  | { readonly kind: 'ok'; readonly score: number }

const checker = new ZxcvbnFactory({ dictionary, graphs: adjacencyGraphs })

/** Score 0 (guessed at once) to 4 (very hard). Refused: fewer than 12 characters, or on the list of common ones. */
export function passwordStrength(password: string): PasswordStrength {
  const result = checker.check(password)
  const missing = MIN_PASSWORD_LENGTH - [...password.normalize('NFKC')].length
  if (missing > 0) return { kind: 'too-short', missing, score: result.score }
  if (result.score <= 1) return { kind: 'common', score: result.score }
  return { kind: 'ok', score: result.score }
}
