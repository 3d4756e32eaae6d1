import { CREDIT_WINDOW, type PageReply } from '../../protocol/page-messages.ts'
import type { AnswerSink } from './page-handler.ts'

/** Characters that go out without waiting for more of the same read. */
const FLUSH_AT = 32 * 1024

export interface CountedSink extends AnswerSink {
  /** Sends what was held back to go out together. */
  flush(): void
  /** The page has taken so many characters. */
  credit(characters: number): void
}

/** Coalesces the texts of one read into one message, and stops the reader while the page has too much unread. */
export function createAnswerSink(
  id: number,
  post: (reply: PageReply) => void,
  options: { readonly skip: number; readonly signal: AbortSignal },
): CountedSink {
  let { skip } = options
  let held: string[] = []
  let heldCharacters = 0
  let unread = 0
  let isFirst = true
  let timer: ReturnType<typeof setTimeout> | undefined
  let wake = () => {}

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (held.length === 0 || options.signal.aborted) return
    post({ id, texts: held })
    held = []
    heldCharacters = 0
  }
  const room = () =>
    new Promise<void>((resolve) => {
      wake = resolve
    })
  options.signal.addEventListener('abort', () => wake(), { once: true })

  return {
    head: (head) => post({ id, head }),
    async text(text) {
      if (skip > 0) {
        skip--
        return
      }
      held.push(text)
      heldCharacters += text.length
      unread += text.length
      // The first words do not wait for company.
      if (isFirst || heldCharacters >= FLUSH_AT) flush()
      else timer ??= setTimeout(flush, 0)
      isFirst = false
      while (unread > CREDIT_WINDOW && !options.signal.aborted) await room()
    },
    flush,
    credit(characters) {
      unread = unread > characters ? unread - characters : 0
      wake()
    },
  }
}
