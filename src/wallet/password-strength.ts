import { ZxcvbnFactory } from '@zxcvbn-ts/core'
import * as common from '@zxcvbn-ts/language-common'
import { findPasswordProblem, type PasswordProblem } from './password-policy.ts'

/** A meter's reading. Pure; large (about 430 kB of word lists): import it lazily, and never in the worker. */
export interface PasswordStrength {
  /** zxcvbn's score. */
  readonly score: 0 | 1 | 2 | 3 | 4
  readonly ok: boolean
  readonly reason: PasswordProblem | null
}

/** Below 10⁶ guesses a password is as good as listed (zxcvbn scores it 0 or 1). */
const LOWEST_SCORE = 2

/** How well a password withstands guessing; refuses what the wallet refuses, and what zxcvbn finds guessable. */
export function passwordStrength(password: string): PasswordStrength {
  const result = meter().check(password)
  const problem = findPasswordProblem(password)
  const whole = result.sequence.length === 1 ? result.sequence[0] : undefined
  const isListed = whole?.pattern === 'dictionary' && whole.dictionaryName === 'passwords-common'
  const reason =
    problem ?? (isListed ? 'password-common' : result.score < LOWEST_SCORE ? 'password-guessable' : null)
  return { score: result.score, ok: reason === null, reason }
}

let cached: ZxcvbnFactory | undefined

function meter(): ZxcvbnFactory {
  cached ??= new ZxcvbnFactory({ dictionary: common.dictionary, graphs: common.adjacencyGraphs })
  return cached
}
