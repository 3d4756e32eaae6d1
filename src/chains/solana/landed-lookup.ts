import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { readWireSignatures } from './read-wire-signatures.ts'
import { readLanded } from './solana-reads.ts'

export interface LandedFacts {
  /** Its first signature, base58. */
  readonly id: string
  /** All of its signatures, base58. */
  readonly signatures: readonly string[]
  readonly failed: boolean
}

/** Reads each landed transaction once per endpoint: many payments of one minute look through the same ones. */
export interface LandedLookup {
  /** Null where the endpoint has no such transaction. Throws RpcError. */
  read(endpoint: Endpoint, id: string): Promise<LandedFacts | null>
}

const KEPT = 1_000

export function createLandedLookup(): LandedLookup {
  const known = new Map<string, LandedFacts>()
  return {
    async read(endpoint, id) {
      const key = `${endpoint.url} ${id}`
      const found = known.get(key)
      if (found) return found
      const landed = await readLanded(endpoint, id)
      const signatures = landed ? readWireSignatures(landed.wire) : []
      if (!landed || signatures[0] !== id) return null
      const facts: LandedFacts = { id, signatures, failed: landed.failed }
      known.set(key, facts)
      for (const oldest of known.keys()) {
        if (known.size <= KEPT) break
        known.delete(oldest)
      }
      return facts
    },
  }
}
