import type { PageFailure, PageHead, PageMessage, PageReply } from '../protocol/page-messages.ts'
import { X402ChatError } from './page-error.ts'
import { NativeController, NativePromise } from './primitives.ts'

/** One call on its way. */
export interface PageCall {
  /** Rejects where the call failed before it had an answer. */
  readonly head: Promise<PageHead>
  readonly done: Promise<unknown>
  readonly controller: AbortController
  /** The next text of the answer; null at its end; rejects where it broke off. */
  next(): Promise<string | null>
  /** The only text of an answer that is no stream. */
  whole(): Promise<string | null>
}

export type CallReply = Exclude<PageReply, { readonly event: string }>

/** Credit is given back in steps: fewer messages, and always well within the window. */
const CREDIT_STEP = 64 * 1024

/** `forget` is called once, when nothing more can come. */
export function createPageCall(id: number, post: (message: PageMessage) => void, forget: () => void) {
  const controller = new NativeController()
  const queue: string[] = []
  const head = deferred<PageHead>()
  const done = deferred<unknown>()
  let state: 'running' | 'done' | 'failed' = 'running'
  let failure: unknown
  let taken = 0
  let only: Promise<string | null> | undefined
  const idle = () => {}
  let wake = idle
  function stir(): void {
    const wakeAll = wake
    wake = idle
    wakeAll()
  }

  function end(next: 'done' | 'failed', reason?: unknown): void {
    const isFirst = state === 'running'
    state = next
    failure = reason
    head.reject(reason)
    done.reject(reason)
    stir()
    if (isFirst) forget()
  }

  controller.signal.addEventListener('abort', () => {
    if (state === 'running') post({ id, abort: true })
    if (state !== 'done' || queue.length > 0) end('failed', controller.signal.reason)
  })

  async function next(): Promise<string | null> {
    for (;;) {
      if (state === 'failed' && (queue.length === 0 || controller.signal.aborted)) throw failure
      if (queue.length > 0) break
      if (state === 'done') return null
      await new NativePromise<void>((resolve) => {
        const others = wake
        wake = () => {
          others()
          resolve()
        }
      })
    }
    const text = queue.shift() ?? ''
    taken += text.length
    if (taken >= CREDIT_STEP && state === 'running') {
      post({ id, credit: taken })
      taken = 0
    }
    return text
  }

  const call: PageCall = {
    head: head.promise,
    done: done.promise,
    controller,
    next,
    whole() {
      only ??= next()
      return only
    },
  }
  return {
    call,
    fail: (reason: PageFailure) => end('failed', new X402ChatError(reason)),
    receive(reply: CallReply) {
      if ('head' in reply) head.resolve(reply.head)
      else if ('texts' in reply) {
        queue.push(...reply.texts)
        stir()
      } else if ('fail' in reply) end('failed', new X402ChatError(reply.fail))
      else {
        done.resolve(reply.done)
        end('done')
      }
    },
  }
}

/** Its rejection is heard elsewhere too: alone it is no unhandled one. */
function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  let reject: (reason: unknown) => void = () => {}
  const promise = new NativePromise<T>((yes, no) => {
    resolve = yes
    reject = no
  })
  void quiet(promise)
  return { promise, resolve, reject }
}

export async function quiet(promise: Promise<unknown>): Promise<void> {
  try {
    await promise
  } catch {
    // Whoever awaits it hears of it.
  }
}
