import type { AnswerEvent, EventDecoder } from '../../src/gateways/gateway.ts'

const encoder = new TextEncoder()

/** All events of a body, fed in pieces of the given size (the whole at once where none is given). */
export function decode(decoder: EventDecoder, body: string | Uint8Array, pieceBytes?: number): AnswerEvent[] {
  const bytes = typeof body === 'string' ? encoder.encode(body) : body
  const step = pieceBytes ?? Math.max(1, bytes.length)
  const events: AnswerEvent[] = []
  for (let at = 0; at < bytes.length; at += step) events.push(...decoder.push(bytes.subarray(at, at + step)))
  events.push(...decoder.finish())
  return events
}

/** The events with neighbouring texts joined, so that two chunkings can be compared. */
export function decodeSplitAt(decoder: EventDecoder, body: string, at: number): AnswerEvent[] {
  const bytes = encoder.encode(body)
  return [...decoder.push(bytes.subarray(0, at)), ...decoder.push(bytes.subarray(at)), ...decoder.finish()]
}

export function frames(...data: readonly unknown[]): string {
  return data
    .map((frame) => `data: ${typeof frame === 'string' ? frame : JSON.stringify(frame)}\n\n`)
    .join('')
}

export function textOf(events: readonly AnswerEvent[]): string {
  return events.map((event) => (event.type === 'text' ? event.text : '')).join('')
}
