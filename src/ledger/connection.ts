/** The one connection to the ledger's database: opened at the first use, and anew after it was lost or did not open. */
import { ChatError, isChatError } from '../domain/errors.ts'
import type { LedgerDeps } from './ports.ts'
import type { LedgerDatabase } from './schema.ts'

/** How long a call waits for the database to open, ms: a broken profile can leave an opening without any answer. */
const OPEN_WITHIN_MS = 10_000

/** Fact of an error after which nothing of the database was touched. */
const UNOPENED = { opened: 'no' } as const

export interface Connection {
  /**
   * Begins a transaction. Throws ChatError 'ledger-failed' with a `problem` where the database does not open:
   * 'ledger-newer' (a newer version made it), 'ledger-full' (no room on the disk), 'ledger-closed' (anything else).
   */
  use<T>(begin: (database: LedgerDatabase) => T): Promise<T>
}

export function createConnection(openDatabase: LedgerDeps['openDatabase']): Connection {
  let opened: Promise<LedgerDatabase> | null = null
  /** The one that `opened` led to, so that no transaction waits for what is there. */
  let ready: LedgerDatabase | null = null

  function lose(): void {
    opened = null
    ready = null
  }

  function open(): Promise<LedgerDatabase> {
    if (opened !== null) return opened
    const forget = () => {
      if (opened === opening) lose()
    }
    // Also where there is no IndexedDB to call at all.
    const opening = Promise.resolve().then(() => openDatabase(forget))
    opening.catch(forget)
    opened = opening
    return opening
  }

  async function database(): Promise<LedgerDatabase> {
    try {
      const opening = open()
      const database = await inTime(opening)
      if (opened === opening) ready = database
      return database
    } catch (cause) {
      throw new ChatError(
        'ledger-failed',
        { ...UNOPENED, error: nameOf(cause), problem: problemOf(cause) },
        { cause },
      )
    }
  }

  return {
    async use(begin) {
      const current = ready ?? (await database())
      try {
        return begin(current)
      } catch (error) {
        // The connection ended without a word. What was to be done has not begun, so it may begin anew.
        if (nameOf(error) !== 'InvalidStateError') throw error
        lose()
        return begin(await database())
      }
    },
  }
}

export function isUnopened(error: unknown): boolean {
  return isChatError(error) && error.facts.opened === UNOPENED.opened
}

/** Who waits too long is refused; what succeeds later serves the next call. */
export async function inTime<T>(opening: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new DOMException('No answer', 'TimeoutError')), OPEN_WITHIN_MS)
  })
  try {
    return await Promise.race([opening, late])
  } finally {
    clearTimeout(timer)
  }
}

function problemOf(cause: unknown): string {
  switch (nameOf(cause)) {
    case 'VersionError':
      return 'ledger-newer'
    case 'QuotaExceededError':
      return 'ledger-full'
    default:
      return 'ledger-closed'
  }
}

export function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unknown'
}
