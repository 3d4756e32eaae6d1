/** Balances as they were read last, in the store: to be had without a chain, and without the code that asks one. */
import { type AtomicAmount, formatAtomic, parseAtomic } from '../domain/amount.ts'
import type { PaymentNetwork } from '../domain/network.ts'
import type { ChainCache } from './ports.ts'

export interface KeptBalance {
  readonly amount: AtomicAmount
  /** When it was read, unix ms. */
  readonly atMs: number
}

/** Whose balance of what. */
export interface BalanceName {
  readonly network: PaymentNetwork
  readonly asset: string
  readonly owner: string
}

/** The last reading; null where there is none, or none that can be read. */
export async function loadBalance(cache: ChainCache, name: BalanceName): Promise<KeptBalance | null> {
  try {
    return parseKept(await cache.get(keyOf(name)))
  } catch {
    return null
  }
}

/** A cache that cannot be written costs the next one who asks a read, not this one. */
export async function saveBalance(cache: ChainCache, name: BalanceName, kept: KeptBalance): Promise<void> {
  const value = { amount: formatAtomic(kept.amount), atMs: kept.atMs }
  await cache.set(keyOf(name), value).catch(() => undefined)
}

/** Throws for anything that `saveBalance` did not write. */
function parseKept(value: unknown): KeptBalance | null {
  if (typeof value !== 'object' || value === null || !('amount' in value) || !('atMs' in value)) return null
  const { amount, atMs } = value
  if (typeof amount !== 'string' || typeof atMs !== 'number') return null
  return { amount: parseAtomic(amount), atMs }
}

function keyOf({ network, asset, owner }: BalanceName): string {
  return `balance ${network} ${asset} ${owner}`
}
