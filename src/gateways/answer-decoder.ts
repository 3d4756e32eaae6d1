import type { FrameReader } from './frame-reader.ts'
import type { EventDecoder } from './gateway.ts'
import { createJsonDecoder } from './json-decoder.ts'
import { createSseDecoder } from './sse-decoder.ts'

/** The decoder for a content type; where the type says neither SSE nor JSON, the first byte decides. */
export function createAnswerDecoder(contentType: string, reader: FrameReader): EventDecoder {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/event-stream') return createSseDecoder(reader)
  if (type === 'application/json' || type.endsWith('+json')) return createJsonDecoder(reader)
  return createSniffingDecoder(reader)
}

function createSniffingDecoder(reader: FrameReader): EventDecoder {
  let chosen: EventDecoder | undefined
  return {
    push(bytes) {
      const first = bytes.find((byte) => byte > 0x20)
      if (!chosen && first === undefined) return []
      chosen ??= first === 0x7b ? createJsonDecoder(reader) : createSseDecoder(reader)
      return chosen.push(bytes)
    },
    finish() {
      return (chosen ?? createSseDecoder(reader)).finish()
    },
  }
}
