import { createHash, randomBytes } from 'node:crypto'
import { getBase58Decoder } from '@solana/kit'
import type { SlotClock } from './slot-clock.ts'

/** Blocks for which a transaction may refer to a blockhash (MAX_PROCESSING_AGE of the validator). */
export const MAX_PROCESSING_AGE = 150

/** Blockhashes that a bank remembers (MAX_RECENT_BLOCKHASHES of the validator). */
const MAX_RECENT_BLOCKHASHES = 300

/** The recent blockhashes of a chain, one per block. */
export interface Blockhashes {
  /** Hash of the block at a height, in base58. */
  at(height: number): string
  /** Last block height at which a transaction with the hash of this block may land. */
  lastValidHeight(height: number): number
  /** Whether a transaction with this hash may land in a block of this height. */
  isValid(hash: string, height: number): boolean
}

/** Makes blockhashes that no other chain has. */
export function createBlockhashes(clock: SlotClock): Blockhashes {
  const seed = randomBytes(32)
  const heights = new Map<string, number>()
  let filledTo = -1

  const at = (height: number): string =>
    getBase58Decoder().decode(createHash('sha256').update(seed).update(String(height)).digest())

  const fill = (): void => {
    const newest = clock.blockHeight(clock.slot())
    for (let height = Math.max(filledTo + 1, newest - MAX_RECENT_BLOCKHASHES); height <= newest; height++) {
      heights.set(at(height), height)
    }
    filledTo = newest
    for (const [hash, height] of heights) {
      if (height >= newest - MAX_RECENT_BLOCKHASHES) break
      heights.delete(hash)
    }
  }

  return {
    at,
    lastValidHeight: (height) => height + MAX_PROCESSING_AGE,
    isValid(hash, height) {
      fill()
      const found = heights.get(hash)
      return found !== undefined && found <= height && height <= found + MAX_PROCESSING_AGE
    },
  }
}
