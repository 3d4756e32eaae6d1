/** Requests of which nothing has left this machine yet: these can be ended at once, with nothing signed away. */
import type { ChatError } from '../domain/errors.ts'

export interface Unsent {
  /** `end` stops whatever the request waits for. */
  begin(requestId: string, end: (why: ChatError) => void): void
  /** Said before the step after which something may have left. */
  sends(requestId: string): void
  /** Nothing of it was taken after all. */
  sentNothing(requestId: string): void
  done(requestId: string): void
  endAll(why: ChatError): void
}

export function createUnsent(): Unsent {
  const running = new Map<string, { readonly end: (why: ChatError) => void; mayHaveLeft: boolean }>()
  const mark = (requestId: string, mayHaveLeft: boolean) => {
    const entry = running.get(requestId)
    if (entry) entry.mayHaveLeft = mayHaveLeft
  }
  return {
    begin: (requestId, end) => void running.set(requestId, { end, mayHaveLeft: false }),
    sends: (requestId) => mark(requestId, true),
    sentNothing: (requestId) => mark(requestId, false),
    done: (requestId) => void running.delete(requestId),
    endAll(why) {
      for (const { end, mayHaveLeft } of running.values()) if (!mayHaveLeft) end(why)
    },
  }
}
