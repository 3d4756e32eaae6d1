/** Reads fixed fields in order; past the end it yields zeros and never says that it ended exactly. */
import type { Bytes } from './ports.ts'

export interface ByteReader {
  bytes(length: number): Bytes
  /** Unsigned, big-endian, at most 4 bytes. */
  uint(length: number): number
  /** Printable ASCII; null where another byte is among them. */
  text(length: number): string | null
  isExactlyAtEnd(): boolean
}

export function createByteReader(source: Uint8Array): ByteReader {
  let offset = 0
  const take = (length: number): Bytes => {
    const taken = new Uint8Array(length)
    taken.set(source.subarray(offset, offset + length))
    offset += length
    return taken
  }
  return {
    bytes: take,
    uint: (length) => take(length).reduce((value, byte) => value * 256 + byte, 0),
    text(length) {
      const bytes = take(length)
      return bytes.every((byte) => byte > 0x20 && byte < 0x7f) ? String.fromCharCode(...bytes) : null
    },
    isExactlyAtEnd: () => offset === source.length,
  }
}

/** An unsigned integer as big-endian bytes; throws RangeError where it does not fit. */
export function uint(value: number, length: number): Bytes {
  if (!Number.isSafeInteger(value) || value < 0 || value >= 256 ** length) {
    throw new RangeError('Integer outside its field')
  }
  const bytes = new Uint8Array(length)
  for (let index = length - 1, rest = value; index >= 0; index--, rest = Math.floor(rest / 256)) {
    bytes[index] = rest % 256
  }
  return bytes
}
