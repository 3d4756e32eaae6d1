/** The text forms of a Solana private key. */
import { getBase58Decoder, getBase58Encoder } from '@solana/kit'
import { concatBytes, wipe } from './bytes.ts'
import type { Bytes } from './ports.ts'

/** base58, or solana-keygen's JSON array of 64 numbers → as many bytes as were written; null for other text. */
export function readSolanaKey(text: string): Bytes | null {
  if (/^[1-9A-HJ-NP-Za-km-z]{32,90}$/.test(text)) return Uint8Array.from(getBase58Encoder().encode(text))
  if (!/^\[(\s*[0-9]{1,3}\s*,){63}\s*[0-9]{1,3}\s*\]$/.test(text) || text.length > 2000) return null
  const numbers = text.slice(1, -1).split(',').map(Number)
  return numbers.every((value) => value <= 255) ? Uint8Array.from(numbers) : null
}

/** base58 of private and public half, what other wallets import. */
export function formatSolanaKey(key: Bytes, address: string): string {
  const pair = concatBytes(key, getBase58Encoder().encode(address))
  const text = getBase58Decoder().decode(pair)
  wipe(pair)
  return text
}
