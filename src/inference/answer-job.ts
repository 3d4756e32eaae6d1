/** One answer on its way: a log of parts, written once, read by every caller that joined, kept a while for replay. */
import type { ChatError } from '../domain/errors.ts'
import { AnswerError, type AnswerPart } from './inference.ts'

/** Most that may wait unread for the slowest reader before the upstream is not read on. Source: docs/PAGE_API.md. */
const MAX_UNREAD_BYTES = 1024 * 1024
/** Logs above this size are not kept for late joiners: their head is dropped once everybody has read it. */
const MAX_KEPT_BYTES = 4 * 1024 * 1024

export interface AnswerJob {
  readonly bodyHash: string
  readonly signal: AbortSignal
  /** Bytes held by the log. */
  size(): number
  isRunning(): boolean
  isWhole(): boolean
  /** Appends; resolves when readers have room again. */
  write(part: AnswerPart): Promise<void>
  end(error: AnswerError | null): void
  /** Reads from the start until the end or the signal. The upstream is aborted when the last reader leaves before the end. */
  read(signal: AbortSignal): AsyncGenerator<AnswerPart, void, void>
  /** Stops the upstream, whoever reads; `why` is the reason of `signal`. */
  abort(why?: ChatError): void
}

interface Reader {
  position: number
  /** Of all that was ever written, how much it has read, in bytes. */
  readBytes: number
}

export function createAnswerJob(bodyHash: string): AnswerJob {
  const controller = new AbortController()
  const readers = new Set<Reader>()
  const waiting = new Set<() => void>()
  let parts: { part: AnswerPart; bytes: number }[] = []
  let dropped = 0
  let bytes = 0
  let writtenBytes = 0
  let state: 'running' | { readonly error: AnswerError | null } = 'running'

  const wake = () => {
    for (const resume of waiting) resume()
    waiting.clear()
  }
  const change = () => new Promise<void>((resolve) => waiting.add(resolve))
  const dropHead = () => {
    if (bytes <= MAX_KEPT_BYTES || readers.size === 0) return
    const read = Math.min(...Array.from(readers, (reader) => reader.position)) - dropped
    for (const { bytes: size } of parts.slice(0, read)) bytes -= size
    parts = parts.slice(read)
    dropped += read
  }
  const unreadBytes = () => {
    let least = writtenBytes
    for (const { readBytes } of readers) least = Math.min(least, readBytes)
    return writtenBytes - least
  }

  async function write(part: AnswerPart): Promise<void> {
    const size = sizeOf(part)
    parts.push({ part, bytes: size })
    bytes += size
    writtenBytes += size
    wake()
    while (state === 'running' && !controller.signal.aborted && unreadBytes() > MAX_UNREAD_BYTES)
      await change()
    dropHead()
  }

  async function* read(signal: AbortSignal): AsyncGenerator<AnswerPart, void, void> {
    if (dropped > 0) throw new AnswerError('paid_no_answer', 'answer-gone', {}, 'maybe', null, null)
    const reader: Reader = { position: 0, readBytes: 0 }
    readers.add(reader)
    signal.addEventListener('abort', wake, { once: true })
    try {
      while (!signal.aborted) {
        const entry = parts[reader.position - dropped]
        if (entry) {
          reader.position++
          reader.readBytes += entry.bytes
          yield entry.part
          wake()
        } else if (state === 'running') await change()
        else if (state.error) throw state.error
        else return
      }
    } finally {
      signal.removeEventListener('abort', wake)
      readers.delete(reader)
      if (readers.size === 0 && state === 'running') controller.abort()
      wake()
    }
  }

  return {
    bodyHash,
    signal: controller.signal,
    size: () => bytes,
    isRunning: () => state === 'running',
    isWhole: () => state !== 'running' && state.error === null && dropped === 0,
    write,
    end(error) {
      state = { error }
      wake()
    },
    read,
    abort(why) {
      controller.abort(why)
      wake()
    },
  }
}

function sizeOf(part: AnswerPart): number {
  if (part.kind !== 'event') return 500
  const { event } = part
  if (event.type === 'text' || event.type === 'reasoning') return 64 + event.text.length * 2
  return 64 + JSON.stringify(event).length * 2
}
