/** What the registry says of enclaves: that one is active holds for minutes, its key for a day. */
import { z } from 'zod'
import type { TeeRecord } from './chains.ts'
import type { ChainCache, Clock } from './ports.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** How long an active enclave counts as active without being asked about, ms. */
const ACTIVE_MS = 5 * 60 * 1000

const kept = z.object({
  publicKey: z.string().regex(/^([0-9a-f]{2})+$/),
  atMs: z.number(),
})

/**
 * Only an active enclave is kept: an unknown or retired one is asked about again each time. Where the registry cannot be
 * read, a kept key still checks a signature, but nobody vouches for the enclave then.
 */
export function createTeeBook(deps: {
  readonly read: (teeId: string) => Promise<TeeRecord | null>
  readonly cache: ChainCache
  readonly clock: Clock
}): (teeId: string) => Promise<TeeRecord | null> {
  return async (teeId) => {
    if (!/^0x[0-9a-fA-F]{64}$/.test(teeId)) return null
    const key = `tee ${teeId.toLowerCase()}`
    const found = kept.safeParse(await deps.cache.get(key).catch(() => null))
    const ageMs = found.success ? deps.clock.nowMs() - found.data.atMs : Number.POSITIVE_INFINITY
    const publicKey = found.success && ageMs >= 0 && ageMs < DAY_MS ? fromHex(found.data.publicKey) : null
    if (publicKey && ageMs < ACTIVE_MS) return { publicKey, active: true }
    try {
      const record = await deps.read(teeId)
      if (record?.active) {
        const value = { publicKey: toHex(record.publicKey), atMs: deps.clock.nowMs() }
        await deps.cache.set(key, value).catch(() => undefined)
      }
      return record
    } catch (error) {
      if (publicKey) return { publicKey, active: false }
      throw error
    }
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(text: string): Uint8Array {
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
