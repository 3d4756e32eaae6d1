import { ChatError } from '../domain/errors.ts'

/** Longest line or frame of an answer, in characters. Source: docs/GATEWAYS.md, Streams. */
export const MAX_FRAME = 1024 * 1024
/** Longest answer, in bytes. Source: docs/GATEWAYS.md, Streams. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024

/** Counts bytes in; throws ChatError 'stream-too-large' past the limit. */
export function createByteMeter(limit: number): (bytes: Uint8Array) => void {
  let total = 0
  return (bytes) => {
    total += bytes.byteLength
    if (total > limit) throw new ChatError('stream-too-large', { bytes: String(total) })
  }
}
