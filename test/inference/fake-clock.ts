import type { Clock } from '../../src/inference/clock.ts'

/** A clock that moves only when it is told; sleepers wake in order of their time. */
export function createFakeClock(startMs = 1_800_000_000_000) {
  let nowMs = startMs
  let monotonicMs = 0
  const sleepers: { readonly atMs: number; readonly wake: () => void }[] = []
  const clock: Clock = {
    nowMs: () => nowMs,
    monotonicMs: () => monotonicMs,
    sleep: (milliseconds, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve()
        sleepers.push({ atMs: monotonicMs + milliseconds, wake: resolve })
        signal?.addEventListener('abort', () => resolve(), { once: true })
      }),
  }
  return {
    clock,
    /** Lets time pass, waking sleepers on the way. */
    async pass(milliseconds: number): Promise<void> {
      const endMs = monotonicMs + milliseconds
      for (;;) {
        await settle()
        sleepers.sort((a, b) => a.atMs - b.atMs)
        const next = sleepers[0]
        if (!next || next.atMs > endMs) break
        sleepers.shift()
        nowMs += Math.max(0, next.atMs - monotonicMs)
        monotonicMs = Math.max(monotonicMs, next.atMs)
        next.wake()
      }
      nowMs += endMs - monotonicMs
      monotonicMs = endMs
      await settle()
    },
    /** Moves the wall clock alone, as a person or a time server does. */
    jump(milliseconds: number): void {
      nowMs += milliseconds
    },
  }
}

/** Lets everything that waits for nothing but promises go on. */
export async function settle(): Promise<void> {
  for (let round = 0; round < 20; round++) await Promise.resolve()
}
