/** Work that may be asked for often and is done now and then: at most once per `everyMs`, and never while nothing asked. */
import type { ChatDeps } from './ports.ts'

export interface Pace {
  /** Asks for the work; it runs within `everyMs`. */
  ask(): void
  /** Nothing runs any more once this has settled. Rejects with the first failure of the work. */
  end(): Promise<void>
}

export function createPace(clock: ChatDeps['clock'], everyMs: number, work: () => Promise<void>): Pace {
  const over = new AbortController()
  let waiting = false
  let all: Promise<unknown> = Promise.resolve()

  async function run(): Promise<void> {
    await clock.sleep(everyMs, over.signal)
    waiting = false
    if (!over.signal.aborted) await work()
  }

  return {
    ask() {
      if (waiting || over.signal.aborted) return
      waiting = true
      all = Promise.all([all, run()])
      // Whoever ends the pace hears of it.
      all.catch(() => undefined)
    },
    async end() {
      over.abort()
      await all
    },
  }
}
