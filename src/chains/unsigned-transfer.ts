/** The JSON-safe text between a review and its signature. */
import type { Hex } from 'viem'
import { z } from 'zod'
import { bytes, quantity, toQuantity } from './rpc/hex.ts'

/** An EIP-1559 transaction with every field set: nothing is looked up while signing. */
export interface UnsignedEvm {
  readonly type: 'eip1559'
  readonly chainId: number
  readonly nonce: number
  readonly gas: bigint
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
  readonly to: Hex
  readonly value: bigint
  readonly data: Hex
}

export interface UnsignedSolana {
  /** Wire bytes of the transaction with empty signatures. */
  readonly wire: Uint8Array
}

const evm = z.object({
  chainId: z.number().int().positive(),
  nonce: z.number().int().nonnegative(),
  gas: quantity,
  maxFeePerGas: quantity,
  maxPriorityFeePerGas: quantity,
  to: bytes,
  value: quantity,
  data: bytes,
})

export function formatUnsignedEvm(transaction: UnsignedEvm): string {
  return JSON.stringify({
    chainId: transaction.chainId,
    nonce: transaction.nonce,
    gas: toQuantity(transaction.gas),
    maxFeePerGas: toQuantity(transaction.maxFeePerGas),
    maxPriorityFeePerGas: toQuantity(transaction.maxPriorityFeePerGas),
    to: transaction.to.toLowerCase(),
    value: toQuantity(transaction.value),
    data: transaction.data,
  })
}

/** What the EVM signer gets. Throws on anything that `formatUnsignedEvm` did not write. */
export function parseUnsignedEvm(text: string): UnsignedEvm {
  return { ...evm.parse(JSON.parse(text)), type: 'eip1559' }
}

export function formatUnsignedSolana(wire: Uint8Array): string {
  return btoa(String.fromCharCode(...wire))
}

/** What the Solana signer's transaction is decoded from. Throws on anything but base64. */
export function parseUnsignedSolana(text: string): UnsignedSolana {
  return { wire: Uint8Array.from(atob(text), (character) => character.charCodeAt(0)) }
}
