import { describe, expect, it } from 'vitest'
import { createBlockhashes } from './blockhashes.ts'
import { createSlotClock } from './slot-clock.ts'

describe('the clock', () => {
  it('ticks a slot every 400 ms, and block times with it', () => {
    let nowMs = 1_790_000_000_000
    const clock = createSlotClock(() => nowMs)
    const slot = clock.slot()
    expect(clock.blockTime(slot)).toBe(1_790_000_000)
    nowMs += 399
    expect(clock.slot()).toBe(slot)
    nowMs += 1
    expect(clock.slot()).toBe(slot + 1)
    nowMs += 9_600
    expect(clock.slot()).toBe(slot + 25)
    expect(clock.blockTime(clock.slot())).toBe(1_790_000_010)
  })

  it('has confirmed blocks 2 and finalized ones 32 behind the newest', () => {
    const clock = createSlotClock(() => 0)
    expect(clock.slot() - clock.slot('confirmed')).toBe(2)
    expect(clock.slot() - clock.slot('finalized')).toBe(32)
  })

  it('refuses to go back', () => {
    expect(() => createSlotClock().warp(-1)).toThrow('ahead only')
  })
})

describe('a blockhash', () => {
  it('is good at its own height and 150 more, not before and not after', () => {
    const clock = createSlotClock(() => 0)
    const hashes = createBlockhashes(clock)
    const height = clock.blockHeight(clock.slot())
    const hash = hashes.at(height)
    expect(hashes.isValid(hash, height - 1)).toBe(false)
    expect(hashes.isValid(hash, height)).toBe(true)
    clock.warp(60)
    expect(hashes.isValid(hash, height + 150)).toBe(true)
    expect(hashes.isValid(hash, height + 151)).toBe(false)
    expect(hashes.lastValidHeight(height)).toBe(height + 150)
  })

  it('of another chain is unknown', () => {
    const clock = createSlotClock(() => 0)
    const height = clock.blockHeight(clock.slot())
    expect(createBlockhashes(clock).isValid(createBlockhashes(clock).at(height), height)).toBe(false)
  })

  it('is forgotten after a day without a request, and the newest is known', () => {
    const clock = createSlotClock(() => 0)
    const hashes = createBlockhashes(clock)
    const old = hashes.at(clock.blockHeight(clock.slot()))
    expect(hashes.isValid(old, clock.blockHeight(clock.slot()))).toBe(true)
    clock.warp(86_400)
    const height = clock.blockHeight(clock.slot())
    expect(hashes.isValid(old, height)).toBe(false)
    expect(hashes.isValid(hashes.at(height), height)).toBe(true)
  })
})
