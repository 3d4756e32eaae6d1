/** Answers by caller and idempotency key, in memory only: a repeat joins or replays instead of paying again. */
import type { Principal } from '../domain/principal.ts'
import type { AnswerJob } from './answer-job.ts'
import type { Clock } from './clock.ts'

/** How long, and how much in all, whole answers are kept for repeats. Source: docs/PAYMENTS.md. */
const KEEP_MS = 10 * 60_000
const KEEP_BYTES = 20 * 1024 * 1024

export interface ReplayBook {
  find(principal: Principal, key: string): AnswerJob | undefined
  add(principal: Principal, key: string, job: AnswerJob): void
  /** A job that ended without anything signed leaves no trace: the next call starts afresh. */
  forget(principal: Principal, key: string): void
  running(): readonly AnswerJob[]
}

export function createReplayBook(clock: Clock): ReplayBook {
  const entries = new Map<string, { readonly job: AnswerJob; atMs: number }>()
  const nameOf = (principal: Principal, key: string) => `${principal} ${key}`

  function prune(): void {
    let total = 0
    const newestFirst = [...entries].reverse()
    for (const [name, entry] of newestFirst) {
      if (entry.job.isRunning()) continue
      total += entry.job.size()
      if (clock.monotonicMs() - entry.atMs > KEEP_MS || total > KEEP_BYTES) entries.delete(name)
    }
  }

  return {
    find(principal, key) {
      prune()
      return entries.get(nameOf(principal, key))?.job
    },
    add(principal, key, job) {
      entries.set(nameOf(principal, key), { job, atMs: clock.monotonicMs() })
      prune()
    },
    forget(principal, key) {
      entries.delete(nameOf(principal, key))
    },
    running: () => [...entries.values()].filter(({ job }) => job.isRunning()).map(({ job }) => job),
  }
}
