import { wipe } from './bytes.ts'
import type { Bytes } from './ports.ts'

/** What the vault keeps. Keys of a phrase are kept beside it, so that opening derives nothing. */
export interface WalletSecrets {
  /** BIP-39 entropy, 16 or 32 bytes; null for an imported key. */
  readonly entropy: Bytes | null
  /** secp256k1 private key, 32 bytes. */
  readonly evmKey: Bytes | null
  /** Ed25519 private key (seed), 32 bytes. */
  readonly solanaKey: Bytes | null
}

/** Three fields, each one length byte and that many bytes; the result is secret and to be wiped. */
export function packSecrets(secrets: WalletSecrets): Bytes {
  const fields = [secrets.entropy, secrets.evmKey, secrets.solanaKey]
  const packed = new Uint8Array(fields.reduce((sum, field) => sum + 1 + (field?.length ?? 0), 0))
  let offset = 0
  for (const field of fields) {
    packed[offset++] = field?.length ?? 0
    if (field) packed.set(field, offset)
    offset += field?.length ?? 0
  }
  return packed
}

/** Null where the bytes are not exactly three fields of allowed lengths. */
export function parseSecrets(packed: Bytes): WalletSecrets | null {
  const fields: (Bytes | null)[] = []
  let offset = 0
  for (const allowed of [
    [0, 16, 32],
    [0, 32],
    [0, 32],
  ]) {
    const length = packed[offset++]
    if (length === undefined || !allowed.includes(length) || offset + length > packed.length) return null
    fields.push(length === 0 ? null : packed.slice(offset, offset + length))
    offset += length
  }
  if (offset !== packed.length) return null
  const [entropy = null, evmKey = null, solanaKey = null] = fields
  return { entropy, evmKey, solanaKey }
}

export function wipeSecrets(secrets: WalletSecrets): void {
  wipe(secrets.entropy, secrets.evmKey, secrets.solanaKey)
}
