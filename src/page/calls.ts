/** Calls over one private MessagePort: many at a time, told apart by their number. */
import { MAX_PARAMS_CHARACTERS, type PageMessage, type PageMethod } from '../protocol/page-messages.ts'
import { type CallReply, createPageCall, type PageCall } from './page-call.ts'
import { localFailure } from './page-error.ts'
import { stringify } from './primitives.ts'

/** A page's values, read and copied once. */
interface Given {
  readonly params: unknown
  readonly signal?: AbortSignal | null | undefined
}

export interface Calls {
  /** What `read` throws, cyclic or too large values and a signal that is none fail the call. */
  start(method: PageMethod, read: () => Given): PageCall
  receive(reply: CallReply): void
}

export function createCalls(post: (message: PageMessage) => void): Calls {
  const receivers: Record<number, (reply: CallReply) => void> = Object.create(null)
  let lastId = 0

  return {
    receive: (reply) => receivers[reply.id]?.(reply),
    start(method, read) {
      const id = ++lastId
      let signal: AbortSignal | null | undefined
      const onAbort = () => call.controller.abort(signal?.reason)
      const { call, fail, receive } = createPageCall(id, post, () => {
        delete receivers[id]
        signal?.removeEventListener('abort', onAbort)
      })
      receivers[id] = receive
      try {
        const given = read()
        const text = stringify(given.params)
        if (text.length > MAX_PARAMS_CHARACTERS) throw new RangeError()
        given.signal?.addEventListener('abort', onAbort)
        signal = given.signal
        if (signal?.aborted) onAbort()
        if (!call.controller.signal.aborted) post({ id, method, params: text })
      } catch {
        fail(
          localFailure(
            'invalid_request',
            'The request is not plain data, or it is too large, or its signal is no AbortSignal.',
          ),
        )
      }
      return call
    },
  }
}
