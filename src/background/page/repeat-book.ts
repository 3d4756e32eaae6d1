import type { Origin } from '../../domain/principal.ts'
import type { PageDeps } from './page-deps.ts'

/** Three tries of the OpenAI client, whose requests time out after ten minutes each (openai-node 6), and as much again. */
const KEEP_MS = 60 * 60_000
const MOST_KEPT = 200
const ROWS_AT_ONCE = 200

/** Which key an origin's newest `fetch` with a body had: a client's own repeat of it joins that request instead of paying again. */
export function createRepeatBook({ clock, ledger }: Pick<PageDeps, 'clock' | 'ledger'>) {
  const keys = new Map<string, { readonly key: string; readonly atMs: number }>()

  /** What an earlier worker booked. What is not in the books was never signed: it may be paid for under a new key. */
  async function findBooked(origin: Origin, bodyHash: string): Promise<string | null> {
    const filter = { principal: origin, fromMs: clock.nowMs() - KEEP_MS }
    let before: string | null = null
    do {
      const page = await ledger.history(filter, {
        limit: ROWS_AT_ONCE,
        ...(before === null ? {} : { before }),
      })
      const row = page.rows.find(({ request }) => request.bodyHash === bodyHash)
      if (row) return row.request.idempotencyKey
      before = page.next
    } while (before !== null)
    return null
  }

  return {
    /** A first try, which repeats may follow. */
    note(origin: Origin, bodyHash: string, key: string): void {
      const name = nameOf(origin, bodyHash)
      keys.delete(name)
      keys.set(name, { key, atMs: clock.monotonicMs() })
      const [oldest] = keys.keys()
      if (keys.size > MOST_KEPT && oldest !== undefined) keys.delete(oldest)
    },
    /** The first try's key, null where none is known. */
    async find(origin: Origin, bodyHash: string): Promise<string | null> {
      const known = keys.get(nameOf(origin, bodyHash))
      if (known && clock.monotonicMs() - known.atMs < KEEP_MS) return known.key
      return findBooked(origin, bodyHash)
    },
  }
}

function nameOf(origin: Origin, bodyHash: string): string {
  return `${origin} ${bodyHash}`
}
