/** What an EVM node's JSON may hold: schemas for its hex forms (ethereum/execution-apis). */
import type { Hex } from 'viem'
import { z } from 'zod'

/** A quantity, `0x0` to 256 bits, as a bigint. Leading zeros are tolerated. */
export const quantity = z
  .string()
  .regex(/^0x[0-9a-fA-F]{1,64}$/)
  .transform((text) => BigInt(text))

/** Bytes, lower-cased. */
export const bytes = z
  .string()
  .regex(/^0x[0-9a-fA-F]*$/)
  .refine((text) => text.length % 2 === 0)
  .transform((text) => text.toLowerCase() as Hex)

/** 32 bytes, lower-cased: a hash or a topic. */
export const hash = z
  .string()
  .regex(/^0x[0-9a-fA-F]{64}$/)
  .transform((text) => text.toLowerCase() as Hex)

/** 20 bytes, lower-cased, for comparing. */
export const address = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/)
  .transform((text) => text.toLowerCase() as Hex)

/** The wire form of a quantity: no leading zeros. */
export function toQuantity(value: bigint): Hex {
  return `0x${value.toString(16)}`
}

/** One 32-byte word without prefix. */
export function toWord(value: bigint | string): string {
  const digits = typeof value === 'bigint' ? value.toString(16) : value.replace(/^0x/, '').toLowerCase()
  return digits.padStart(64, '0')
}
