import { fromBase64, toBase64 } from './bytes.ts'
import { IV_LENGTH, open, type Sealed, seal, TAG_LENGTH } from './cipher.ts'
import type { Bytes, Clock, KeyStore, RandomBytes, TextStore } from './ports.ts'

/** Until this long after an unlock signatures are possible, whatever happens. */
export const UNLOCK_MS = 8 * 60 * 60 * 1000
/** How far the clock may step back (time servers do that) before the unlocked state is given up. */
export const CLOCK_TOLERANCE_MS = 2 * 60 * 1000
/** How stale the noted clock may get before it is written again. */
const NOTE_EVERY_MS = 60 * 1000

export const UNLOCKED_KEY = 'wallet.unlocked'
export const CLOCK_KEY = 'wallet.clock'

/** What lies in the session store while unlocked: the data key, sealed by a key that cannot leave IndexedDB. */
export interface UnlockedRecord {
  /** base64 of the vault's id. */
  readonly vaultId: string
  readonly unlockedAtMs: number
  readonly untilMs: number
  readonly sealed: Sealed
  /** The record as stored: a fingerprint of this very unlock. */
  readonly text: string
}

export type UnlockedRead =
  | { readonly kind: 'locked' }
  /** The deadline has passed, or the clock was set back: wipe it. */
  | { readonly kind: 'expired' }
  | { readonly kind: 'open'; readonly record: UnlockedRecord }

export interface UnlockedState {
  /** Starts anew: a fresh unlock key, a fresh deadline (returned, unix ms). */
  begin(vaultId: Bytes, dataKey: Bytes): Promise<number>
  /** Reads the stored deadline against the clock; every signature comes through here. */
  read(): Promise<UnlockedRead>
  /** The data key (secret, to be wiped by the caller); null where the unlock key is gone or does not fit. */
  openDataKey(record: UnlockedRecord): Promise<Bytes | null>
  /** Wipes both halves, even where one of the stores fails; throws afterwards if one did. */
  end(): Promise<void>
}

interface UnlockedPorts {
  readonly session: TextStore
  readonly unlockKeys: KeyStore
  readonly clock: Clock
  readonly random: RandomBytes
}

export function createUnlockedState(ports: UnlockedPorts): UnlockedState {
  const { session, unlockKeys, clock } = ports

  async function noteClock(nowMs: number, latestMs: number): Promise<void> {
    if (nowMs - latestMs >= NOTE_EVERY_MS) await session.set(CLOCK_KEY, String(nowMs))
  }

  return {
    begin: (vaultId, dataKey) => begin(ports, vaultId, dataKey),
    async read() {
      const [text, noted] = await Promise.all([session.get(UNLOCKED_KEY), session.get(CLOCK_KEY)])
      const record = text === null ? null : parseRecord(text)
      if (record === null) return { kind: 'locked' }
      const nowMs = clock.nowMs()
      const latestMs = Math.max(record.unlockedAtMs, parseMs(noted))
      if (nowMs >= record.untilMs || nowMs < latestMs - CLOCK_TOLERANCE_MS) return { kind: 'expired' }
      await noteClock(nowMs, latestMs)
      return { kind: 'open', record }
    },
    async openDataKey(record) {
      const key = await unlockKeys.get()
      return key === null ? null : open(key, record.sealed, boundTo(record))
    },
    async end() {
      const ended = await Promise.allSettled([
        session.delete(UNLOCKED_KEY),
        unlockKeys.delete(),
        session.delete(CLOCK_KEY),
      ])
      for (const result of ended) if (result.status === 'rejected') throw result.reason
    },
  }
}

async function begin(ports: UnlockedPorts, vaultId: Bytes, dataKey: Bytes): Promise<number> {
  const unlockKey = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  const unlockedAtMs = ports.clock.nowMs()
  const times = { vaultId: toBase64(vaultId), unlockedAtMs, untilMs: unlockedAtMs + UNLOCK_MS }
  const sealed = await seal(unlockKey, dataKey, { bound: boundTo(times), random: ports.random })
  await ports.session.delete(CLOCK_KEY)
  await ports.unlockKeys.set(unlockKey)
  await ports.session.set(
    UNLOCKED_KEY,
    JSON.stringify({ ...times, iv: toBase64(sealed.iv), data: toBase64(sealed.data) }),
  )
  return times.untilMs
}

/** The deadline is bound to the sealed key: a record with another one does not open. */
function boundTo(times: Pick<UnlockedRecord, 'vaultId' | 'unlockedAtMs' | 'untilMs'>): Bytes {
  return new TextEncoder().encode(
    `x402-chat unlocked 1|${times.vaultId}|${times.unlockedAtMs}|${times.untilMs}`,
  )
}

function parseRecord(text: string): UnlockedRecord | null {
  const { vaultId, unlockedAtMs, untilMs, iv, data } = parseObject(text)
  if (typeof vaultId !== 'string' || typeof iv !== 'string' || typeof data !== 'string') return null
  if (!isMs(unlockedAtMs) || !isMs(untilMs) || untilMs > unlockedAtMs + UNLOCK_MS) return null
  const sealed = { iv: fromBase64(iv), data: fromBase64(data) }
  if (sealed.iv?.length !== IV_LENGTH || sealed.data?.length !== 32 + TAG_LENGTH) return null
  return { vaultId, unlockedAtMs, untilMs, sealed: { iv: sealed.iv, data: sealed.data }, text }
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function isMs(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function parseMs(text: string | null): number {
  return text !== null && /^[0-9]{1,15}$/.test(text) ? Number(text) : 0
}
