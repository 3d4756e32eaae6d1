import { describe, expect, it } from 'vitest'
import { createSafetyClock, type SafetyClock, type Sight } from '../../../src/ui/approval/safety-clock.ts'

/** Looks every 100 ms from `fromMs` to `toMs`. */
function watch(clock: SafetyClock, fromMs: number, toMs: number, part: Partial<Sight> = {}): void {
  for (let atMs = fromMs; atMs <= toMs; atMs += 100) {
    clock.look({ attentive: true, place: '0,0,420,680', content: 'a 1', ...part, atMs })
  }
}

describe('the safety clock', () => {
  it('is not ready before it looked', () => {
    expect(createSafetyClock().ready()).toBe(false)
  })
  it('is ready after one second of attention, and not 100 ms before', () => {
    const clock = createSafetyClock()
    watch(clock, 0, 900)
    expect(clock.ready()).toBe(false)
    watch(clock, 1000, 1000)
    expect(clock.ready()).toBe(true)
  })
  it('starts anew when the focus was lost and came back', () => {
    const clock = createSafetyClock()
    watch(clock, 0, 1000)
    watch(clock, 1100, 1100, { attentive: false })
    expect(clock.ready()).toBe(false)
    watch(clock, 1200, 2100)
    expect(clock.ready()).toBe(false)
    watch(clock, 2200, 2200)
    expect(clock.ready()).toBe(true)
  })
  it.each([
    ['was moved', { place: '1,0,420,680' }],
    ['was resized', { place: '0,0,421,680' }],
    ['shows other content', { content: 'a 2' }],
    ['shows another request', { content: 'b 1' }],
  ])('starts anew when the window %s', (_, change) => {
    const clock = createSafetyClock()
    watch(clock, 0, 1000)
    watch(clock, 1100, 2000, change)
    expect(clock.ready()).toBe(false)
    watch(clock, 2100, 2100, change)
    expect(clock.ready()).toBe(true)
  })
  it('starts anew at each step of a window that is being dragged', () => {
    const clock = createSafetyClock()
    for (let step = 0; step < 30; step++) watch(clock, step * 100, step * 100, { place: `${step},0,420,680` })
    expect(clock.ready()).toBe(false)
  })
  it('does not count time in which nobody looked', () => {
    const clock = createSafetyClock()
    watch(clock, 0, 500)
    watch(clock, 5000, 5900)
    expect(clock.ready()).toBe(false)
  })
  it('does not count time that ran backwards', () => {
    const clock = createSafetyClock()
    watch(clock, 5000, 5900)
    watch(clock, 0, 100)
    expect(clock.ready()).toBe(false)
  })
  it('is not ready right after a restart, even without another look', () => {
    const clock = createSafetyClock()
    watch(clock, 0, 1000)
    clock.restart()
    expect(clock.ready()).toBe(false)
  })
  it('counts a new turn at each start, so that a press of an older one is known', () => {
    const clock = createSafetyClock()
    watch(clock, 0, 1000)
    const first = clock.turn()
    watch(clock, 1100, 1100, { content: 'a 2' })
    expect(clock.turn()).toBe(first + 1)
  })
})
