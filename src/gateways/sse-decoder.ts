import { createParser, type EventSourceMessage } from 'eventsource-parser'
import { ChatError } from '../domain/errors.ts'
import { createByteMeter, MAX_ANSWER_BYTES, MAX_FRAME } from './answer-limits.ts'
import { type FrameReader, readJson } from './frame-reader.ts'
import type { AnswerEvent, EventDecoder } from './gateway.ts'

/** Bytes fed at once, so that one huge read is cut off early. */
const SLICE_BYTES = 256 * 1024
/** Characters kept of a frame that is no JSON. */
const MAX_RAW = 4096

/**
 * Server-sent events to answer events, whatever the chunking. `[DONE]` is the end; a body that ends without it ends in an `error`
 * with code 'truncated'. One bad frame becomes a `raw` event. Throws ChatError 'stream-too-large'.
 */
export function createSseDecoder(reader: FrameReader): EventDecoder {
  const text = new TextDecoder()
  const meter = createByteMeter(MAX_ANSWER_BYTES)
  let events: AnswerEvent[] = []
  let state: 'open' | 'ended' | 'failed' | 'too-large' = 'open'

  const parser = createParser({
    maxBufferSize: MAX_FRAME,
    onError: (error) => {
      if (error.type === 'max-buffer-size-exceeded') state = 'too-large'
    },
    onEvent: (message) => {
      if (message.data.length > MAX_FRAME) state = 'too-large'
      if (state === 'open') accept(readFrame(reader, message))
    },
  })

  function accept(next: readonly AnswerEvent[]): void {
    events.push(...next)
    const last = next.at(-1)?.type
    if (last === 'end') state = 'ended'
    else if (last === 'error') state = 'failed'
  }

  function take(): readonly AnswerEvent[] {
    if (state === 'too-large') throw new ChatError('stream-too-large', { characters: `over ${MAX_FRAME}` })
    const taken = events
    events = []
    return taken
  }

  return {
    push(bytes) {
      meter(bytes)
      for (let at = 0; at < bytes.length && state === 'open'; at += SLICE_BYTES) {
        parser.feed(text.decode(bytes.subarray(at, at + SLICE_BYTES), { stream: true }))
      }
      return take()
    },
    finish() {
      if (state === 'open') parser.feed(`${text.decode()}\n\n`)
      if (state === 'open') events.push(TRUNCATED)
      return take()
    },
  }
}

const TRUNCATED: AnswerEvent = {
  type: 'error',
  message: null,
  code: 'truncated',
}

function readFrame(reader: FrameReader, message: EventSourceMessage): readonly AnswerEvent[] {
  const data = message.data.trim()
  if (data === '') return []
  if (data === '[DONE]') return [...reader.close(), { type: 'end' }]
  const frame = readJson(data)
  if (message.event === 'error') return reader.read({ error: frame ?? data })
  if (frame === undefined) return [{ type: 'raw', raw: data.slice(0, MAX_RAW) }]
  return reader.read(frame)
}
