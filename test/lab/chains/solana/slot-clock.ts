/** How far a block must lie behind the newest one, in slots, to have this commitment. */
const LAG_SLOTS = { processed: 0, confirmed: 2, finalized: 32 } as const

/** Commitment levels of Solana's RPC. */
export type Commitment = keyof typeof LAG_SLOTS

/** Length of one slot in milliseconds (mainnet's target). */
export const SLOT_MS = 400

/** Slots per epoch on mainnet. */
const SLOTS_PER_EPOCH = 432_000

/** A slot that opens an epoch, of mainnet's order of magnitude: epoch 1036. */
const FIRST_SLOT = 1036 * SLOTS_PER_EPOCH

/** Slots that mainnet skipped so far, so that a slot is never mistaken for a block height. */
const SKIPPED_SLOTS = 21_900_000

/** The chain's time: a slot every 400 ms of real time, plus whatever it was warped by. */
export interface SlotClock {
  /** Newest slot that has the commitment. */
  slot(commitment?: Commitment): number
  /** Height of the block in a slot; no slot is skipped after the start. */
  blockHeight(slot: number): number
  /** Unix seconds at which the slot began. */
  blockTime(slot: number): number
  /** Epoch of a slot. */
  epoch(slot: number): number
  /** First slot that this chain has blocks for. */
  readonly firstSlot: number
  /** Moves the chain's clock, and with it slots and expiries, ahead. */
  warp(seconds: number): void
}

/** Makes a clock with 400 slots behind it, so that finalized blocks and old blockhashes exist from the start. */
export function createSlotClock(nowMs: () => number = Date.now): SlotClock {
  const age = 400
  const firstMs = nowMs() - age * SLOT_MS
  let warpedMs = 0
  return {
    firstSlot: FIRST_SLOT,
    slot: (commitment = 'processed') =>
      FIRST_SLOT + Math.floor((nowMs() + warpedMs - firstMs) / SLOT_MS) - LAG_SLOTS[commitment],
    blockHeight: (slot) => slot - SKIPPED_SLOTS,
    blockTime: (slot) => Math.floor((firstMs + (slot - FIRST_SLOT) * SLOT_MS) / 1000),
    epoch: (slot) => Math.floor(slot / SLOTS_PER_EPOCH),
    warp(seconds) {
      if (!(seconds >= 0)) throw new RangeError('A chain is warped ahead only')
      warpedMs += seconds * 1000
    },
  }
}
