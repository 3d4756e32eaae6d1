import type { Bytes } from './ports.ts'

/** What one guess costs. */
export interface KdfCost {
  readonly memoryKib: number
  readonly iterations: number
  readonly parallelism: number
}

export interface KdfParameters extends KdfCost {
  /** 16 random bytes. */
  readonly salt: Bytes
}

/** Password → AES-256-GCM key that cannot be exported. */
export type DeriveKey = (password: string, parameters: KdfParameters) => Promise<CryptoKey>

/** Argon2id for the vault: RFC 9106's memory-constrained choice with one lane, 200–400 ms. */
export const VAULT_COST: KdfCost = { memoryKib: 64 * 1024, iterations: 3, parallelism: 1 }

/** Below it nothing is decrypted: OWASP Password Storage Cheat Sheet's minimum for Argon2id. */
export const COST_FLOOR: KdfCost = { memoryKib: 19 * 1024, iterations: 2, parallelism: 1 }

/** Above it nothing is computed, so that a hostile file cannot exhaust memory or time; we never write more. */
export const COST_CEILING: KdfCost = { memoryKib: 256 * 1024, iterations: 10, parallelism: 4 }

export const SALT_LENGTH = 16

/** Whether parameters that came with a file may be run at all. */
export function isAcceptableCost(cost: KdfCost): boolean {
  return (
    isBetween(cost.memoryKib, COST_FLOOR.memoryKib, COST_CEILING.memoryKib) &&
    isBetween(cost.iterations, COST_FLOOR.iterations, COST_CEILING.iterations) &&
    isBetween(cost.parallelism, COST_FLOOR.parallelism, COST_CEILING.parallelism)
  )
}

function isBetween(value: number, low: number, high: number): boolean {
  return Number.isSafeInteger(value) && value >= low && value <= high
}
