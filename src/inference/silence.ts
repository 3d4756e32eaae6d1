/** A site that was refused three times in ten minutes is not heard for ten. Source: docs/SECURITY.md 13. */
import { z } from 'zod'
import { type Principal, parsePrincipal } from '../domain/principal.ts'
import type { Clock } from './clock.ts'
import type { SessionStore } from './session-store.ts'

const REFUSALS = 3
const WINDOW_MS = 10 * 60_000
const SILENT_MS = 10 * 60_000
const KEY = 'silence'

const stored = z.array(
  z.object({ principal: z.string(), refusedAtMs: z.array(z.number()), untilMs: z.number() }),
)

interface Entry {
  readonly refusedAtMs: readonly number[]
  readonly untilMs: number
}

export interface Silence {
  /** Reads what an earlier worker of this browser session knew; awaited before anybody is served. */
  restore(): Promise<void>
  noteRefusal(principal: Principal): void
  isSilenced(principal: Principal): boolean
}

/** Kept until the browser ends, so that a worker's death gives no site a hearing. */
export function createSilence(clock: Clock, store: SessionStore): Silence {
  const entries = new Map<Principal, Entry>()

  function save(): void {
    const rows = [...entries].map(([principal, entry]) => ({ principal, ...entry }))
    void store.set(KEY, rows).catch(() => undefined)
  }

  return {
    async restore() {
      const parsed = stored.safeParse(await store.get(KEY))
      for (const { principal, ...entry } of parsed.success ? parsed.data : []) {
        const known = parsePrincipal(principal)
        if (known !== undefined) entries.set(known, entry)
      }
    },
    noteRefusal(principal) {
      const nowMs = clock.nowMs()
      const known = entries.get(principal)
      const refusedAtMs = [...(known?.refusedAtMs ?? []), nowMs].filter((atMs) => nowMs - atMs < WINDOW_MS)
      const untilMs = refusedAtMs.length >= REFUSALS ? nowMs + SILENT_MS : (known?.untilMs ?? 0)
      entries.set(principal, { refusedAtMs, untilMs })
      save()
    },
    isSilenced: (principal) => clock.nowMs() < (entries.get(principal)?.untilMs ?? 0),
  }
}
