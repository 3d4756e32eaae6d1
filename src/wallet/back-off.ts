import type { Clock, TextStore } from './ports.ts'

/** Waiting after wrong passwords, kept across restarts. */
export interface BackOff {
  /** Unix ms before which no password is tried; null when one may be. Writes nothing. */
  peek(): Promise<number | null>
  /** The same, where a password is about to be tried: a wait under a clock that was set back starts anew and is written. */
  retryAt(): Promise<number | null>
  /** Books a failure before the password is tried, so that dying in between saves no guess; the answer takes it back. */
  begin(): Promise<Attempt>
  clear(): Promise<void>
}

export interface Attempt {
  /** The password was right: forget every failure. */
  succeed(): Promise<void>
  /** Nothing was learned (the KDF could not run): as if it had never begun. */
  abandon(): Promise<void>
}

interface Failures {
  readonly count: number
  /** Clock at the newest failure, unix ms. */
  readonly sinceMs: number
}

export const BACK_OFF_KEY = 'wallet.back-off'
/** Failures that cost nothing yet; the next ones wait 1, 2, 4 … 60 s. */
const FREE_FAILURES = 2
const MAX_WAIT_MS = 60_000

export function createBackOff(local: TextStore, clock: Clock): BackOff {
  const save = (failures: Failures): Promise<void> => local.set(BACK_OFF_KEY, JSON.stringify(failures))

  /** A clock that was set back starts the wait anew: it is neither skipped nor longer than a minute. */
  async function load(): Promise<Failures | null> {
    const failures = parseFailures(await local.get(BACK_OFF_KEY))
    return failures && { ...failures, sinceMs: Math.min(failures.sinceMs, clock.nowMs()) }
  }
  const waitOf = (failures: Failures | null): number | null => {
    const untilMs = failures === null ? 0 : failures.sinceMs + waitAfter(failures.count)
    return untilMs > clock.nowMs() ? untilMs : null
  }

  return {
    peek: async () => waitOf(await load()),
    async retryAt() {
      const failures = await load()
      if (failures !== null) await save(failures)
      return waitOf(failures)
    },
    clear: () => local.delete(BACK_OFF_KEY),
    async begin() {
      const before = await load()
      await save({ count: (before?.count ?? 0) + 1, sinceMs: clock.nowMs() })
      return {
        succeed: () => local.delete(BACK_OFF_KEY),
        abandon: () => (before === null ? local.delete(BACK_OFF_KEY) : save(before)),
      }
    },
  }
}

/** Milliseconds to wait after so many failures in a row: nothing for two, then 1, 2, 4 … 60 s. */
export function waitAfter(failures: number): number {
  if (failures <= FREE_FAILURES) return 0
  return Math.min(1000 * 2 ** Math.min(failures - FREE_FAILURES - 1, 10), MAX_WAIT_MS)
}

function parseFailures(text: string | null): Failures | null {
  if (text === null) return null
  const match = /^\{"count":([1-9][0-9]{0,8}),"sinceMs":([0-9]{1,15})\}$/.exec(text)
  return match === null ? null : { count: Number(match[1]), sinceMs: Number(match[2]) }
}
