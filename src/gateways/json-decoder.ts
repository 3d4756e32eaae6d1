import { createByteMeter, MAX_ANSWER_BYTES } from './answer-limits.ts'
import { type FrameReader, readJson, readRecord } from './frame-reader.ts'
import type { AnswerEvent, EventDecoder } from './gateway.ts'

/** A whole JSON answer to answer events, all of them when the body has ended. Throws ChatError 'stream-too-large'. */
export function createJsonDecoder(reader: FrameReader): EventDecoder {
  const chunks: Uint8Array[] = []
  const meter = createByteMeter(MAX_ANSWER_BYTES)
  return {
    push(bytes) {
      meter(bytes)
      chunks.push(bytes.slice())
      return []
    },
    finish() {
      const body = readRecord(readJson(decode(chunks)))
      if (!body) return [{ type: 'error', message: null, code: 'truncated' }]
      const events = reader.read(body)
      if (events.at(-1)?.type === 'error') return events
      const end: AnswerEvent = { type: 'end' }
      return [...events, ...reader.close(), end]
    },
  }
}

function decode(chunks: readonly Uint8Array[]): string {
  const decoder = new TextDecoder()
  return chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join('') + decoder.decode()
}
