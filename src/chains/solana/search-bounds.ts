/** Where on the chain a payment's transaction may lie: by height, and by the wall clock only where both agree. */
import type { Payment } from '../../domain/payment.ts'
import type { Height, SignatureRow } from './solana-reads.ts'

/** The wall clock may differ from the chain's by 120 s when something is signed. */
const SKEW_SECONDS = 150
/** A blockhash lives for 150 blocks, about a minute; this is room for a chain ten times slower. */
const LANDING_SECONDS = 600
/** Blocks for which a transaction may refer to a blockhash (MAX_PROCESSING_AGE of the validator). */
const LIFETIME_BLOCKS = 150
/** Slots in a block's time: a fifth of all slots skipped, where a twentieth is usual. */
const SLOTS_PER_BLOCK = 1.25
/** Ten minutes of slots: room at both ends. */
const MARGIN_SLOTS = 1_500
/** Shortest time of a slot that is reckoned with, seconds; 0.4 is usual. */
const SHORTEST_SLOT_SECONDS = 0.2
/** No endpoint forgets transactions sooner than this. */
const KEPT_SECONDS = 3_600
const KEPT_BLOCKS = KEPT_SECONDS / 0.4

export interface SearchBounds {
  /** Last block height at which the payment can land, as stated when it was signed. */
  readonly end: number
  isBefore(row: SignatureRow): boolean
  isAfter(row: SignatureRow): boolean
  /** An endpoint that has this slot has everything of the payment; null where none forgets so soon. */
  readonly oldestNeeded: number | null
}

/**
 * A row is left out only where its slot and its time both lie outside: the wall clock may have been wrong when the
 * payment was signed, and an endpoint may have stated a wrong height.
 */
export function searchBounds(payment: Payment, height: Height, nowMs: number): SearchBounds {
  const ends = payment.attempts.map((attempt) => attempt.lastValidBlockHeight ?? Number.POSITIVE_INFINITY)
  const end = Math.max(...ends)
  const start = Math.min(...payment.attempts.map((one) => one.lastValidBlockHeight ?? 0)) - LIFETIME_BLOCKS
  const ageBlocks = Math.max(height.blockHeight - start, 0)
  const fromSlot = height.slot - ageBlocks * SLOTS_PER_BLOCK - MARGIN_SLOTS
  const pastBlocks = height.blockHeight - end
  const toSlot = pastBlocks > 0 ? height.slot - pastBlocks + MARGIN_SLOTS : Number.POSITIVE_INFINITY

  const fromSeconds = payment.reservedAtMs / 1000 - SKEW_SECONDS
  const presentedMs = Math.max(...payment.attempts.map((attempt) => attempt.presentedAtMs))
  const toSeconds = presentedMs / 1000 + SKEW_SECONDS + LANDING_SECONDS
  const ageSeconds = nowMs / 1000 - fromSeconds
  const isYoung = ageSeconds < KEPT_SECONDS && ageBlocks < KEPT_BLOCKS
  return {
    end,
    isBefore: (row) => row.blockTime !== null && row.blockTime < fromSeconds && row.slot < fromSlot,
    isAfter: (row) => row.blockTime !== null && row.blockTime > toSeconds && row.slot > toSlot,
    oldestNeeded: isYoung ? null : Math.min(fromSlot, height.slot - ageSeconds / SHORTEST_SLOT_SECONDS),
  }
}
