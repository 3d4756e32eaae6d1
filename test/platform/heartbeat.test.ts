import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHeartbeat } from '../../src/platform/heartbeat.ts'

const beat = vi.hoisted(() => ({ count: 0 }))
vi.mock('../../src/platform/browser.ts', () => ({
  browser: {
    runtime: {
      getPlatformInfo: async () => {
        beat.count += 1
      },
    },
  },
}))

beforeEach(() => {
  vi.useFakeTimers()
  beat.count = 0
})
afterEach(() => void vi.useRealTimers())

/** Chromium stops a worker 30 s after its last extension event or call. Source: developer.chrome.com, service worker lifecycle. */
const IDLE_MS = 30_000

describe('the heartbeat', () => {
  it('beats more often than Chromium waits, while something is held', () => {
    const release = createHeartbeat()()
    vi.advanceTimersByTime(IDLE_MS)
    expect(beat.count).toBeGreaterThanOrEqual(1)
    vi.advanceTimersByTime(10 * IDLE_MS)
    expect(beat.count).toBeGreaterThanOrEqual(11)
    release()
  })

  it('ends with the last hold, not before', () => {
    const hold = createHeartbeat()
    const [one, two] = [hold(), hold()]
    one()
    vi.advanceTimersByTime(IDLE_MS)
    expect(beat.count).toBe(1)
    two()
    vi.advanceTimersByTime(10 * IDLE_MS)
    expect(beat.count).toBe(1)
  })

  it('counts a hold that is let go twice once', () => {
    const hold = createHeartbeat()
    const [one, two] = [hold(), hold()]
    one()
    one()
    vi.advanceTimersByTime(IDLE_MS)
    expect(beat.count).toBe(1)
    two()
  })
})
