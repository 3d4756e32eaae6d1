import { type Address, getAddressDecoder, getBase58Encoder } from '@solana/kit'
import type { Commitment } from '../slot-clock.ts'
import { invalidParams } from './rpc-error.ts'

/** The options object that most methods take last. */
export type RpcConfig = Readonly<Record<string, unknown>>

/** The parameter at an index. Throws when the caller gave too few. */
export function requireParam(params: readonly unknown[], index: number): unknown {
  if (params.length <= index) {
    throw invalidParams(`\`params\` should have at least ${index + 1} argument(s)`)
  }
  return params[index]
}

/** Parses a base58 address of 32 bytes. */
export function parsePubkey(value: unknown): Address {
  return getAddressDecoder().decode(parseBase58(value, 32))
}

/** Parses a base58 signature of 64 bytes; gives it back as text. */
export function parseSignature(value: unknown): string {
  parseBase58(value, 64)
  return String(value)
}

/** Parses a base58 blockhash of 32 bytes; gives it back as text. */
export function parseBlockhash(value: unknown): string {
  parseBase58(value, 32)
  return String(value)
}

/** Parses an array of at most so many entries. */
export function parseList(value: unknown, most: number): unknown[] {
  if (!Array.isArray(value))
    throw invalidParams(`Invalid params: invalid type: ${typeOf(value)}, expected a sequence.`)
  if (value.length > most) throw invalidParams(`Too many inputs provided; max ${most}`)
  return value
}

/** Parses an unsigned whole number. */
export function parseCount(value: unknown): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) {
    throw invalidParams(`Invalid params: invalid type: ${typeOf(value)}, expected u64.`)
  }
  return value
}

/** Parses the options object; absent ones are empty. */
export function parseConfig(value: unknown): RpcConfig {
  if (value === undefined || value === null) return {}
  if (typeof value !== 'object' || Array.isArray(value)) {
    throw invalidParams(`Invalid params: invalid type: ${typeOf(value)}, expected a configuration object.`)
  }
  return Object.fromEntries(Object.entries(value))
}

/** Parses a commitment; `finalized` is the RPC's own default. */
export function parseCommitment(value: unknown): Commitment {
  if (value === undefined || value === null) return 'finalized'
  if (value === 'processed' || value === 'confirmed' || value === 'finalized') return value
  throw invalidParams(
    `Invalid params: unknown variant \`${String(value)}\`, expected one of \`processed\`, \`confirmed\`, \`finalized\`.`,
  )
}

/** Parses an optional switch. */
export function parseFlag(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (typeof value === 'boolean') return value
  throw invalidParams(`Invalid params: invalid type: ${typeOf(value)}, expected a boolean.`)
}

/** Parses one of a few words. */
export function parseWord<T extends string>(value: unknown, words: readonly T[], otherwise: T): T {
  if (value === undefined || value === null) return otherwise
  const found = words.find((word) => word === value)
  if (found === undefined) {
    throw invalidParams(
      `Invalid params: unknown variant \`${String(value)}\`, expected one of ${words.join(', ')}.`,
    )
  }
  return found
}

/** Parses bytes that were sent as base58 or base64 text. */
export function parseBytes(value: unknown, encoding: 'base58' | 'base64'): Uint8Array {
  if (typeof value !== 'string')
    throw invalidParams(`Invalid params: invalid type: ${typeOf(value)}, expected a string.`)
  if (encoding === 'base58') return decodeBase58(value, 'invalid base58 encoding')
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(value) || value.length % 4 !== 0)
    throw invalidParams('invalid base64 encoding')
  return Uint8Array.from(Buffer.from(value, 'base64'))
}

function parseBase58(value: unknown, size: number): Uint8Array {
  if (typeof value !== 'string')
    throw invalidParams(`Invalid params: invalid type: ${typeOf(value)}, expected a string.`)
  const bytes = decodeBase58(value, 'Invalid param: Invalid')
  if (bytes.length !== size) throw invalidParams('Invalid param: WrongSize')
  return bytes
}

function decodeBase58(value: string, complaint: string): Uint8Array {
  try {
    return Uint8Array.from(getBase58Encoder().encode(value))
  } catch {
    throw invalidParams(complaint)
  }
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'sequence'
  return typeof value === 'object' ? 'map' : `${typeof value} \`${String(value)}\``
}
