import { getBase58Decoder } from '@solana/kit'

const SIGNATURE_BYTES = 64

/** The signatures at the head of a transaction's wire bytes, base58; the first is its id. Empty where it is none. */
export function readWireSignatures(wire: Uint8Array): readonly string[] {
  const count = wire[0] ?? 0
  // compact-u16: one byte below 128; no transaction of 1,232 bytes holds more signatures than 19.
  if (count > 19 || wire.length < 1 + count * SIGNATURE_BYTES) return []
  const decoder = getBase58Decoder()
  return Array.from({ length: count }, (_, index) =>
    decoder.decode(wire.subarray(1 + index * SIGNATURE_BYTES, 1 + (index + 1) * SIGNATURE_BYTES)),
  )
}
