/** What the worker does at its start before our own pages are answered, and what needs no such start. */

/** Methods that open, show, save and forget the wallet: they must work above all where the start fails. */
const UNGATED = /^(wallet\.|backup\.|secrets\.key$|settings\.get$)/

export interface StartGate {
  /** Resolves once the start is done; tries again where the last try failed, and rejects where this one does. */
  ready(): Promise<void>
  /** Resolves when the method may be answered. Rejects with the start's error where the method needs the start. */
  pass(method: unknown): Promise<void>
}

/** A start that failed (a row that does not parse, a full disk) is tried again at the next call, never waited for for ever. */
export function createStartGate(start: () => Promise<void>): StartGate {
  let started: Promise<void> | null = null
  const ready = (): Promise<void> => {
    started ??= start().catch((error: unknown) => {
      started = null
      throw error
    })
    return started
  }
  return {
    ready,
    async pass(method) {
      if (typeof method === 'string' && UNGATED.test(method)) return
      await ready()
    },
  }
}
