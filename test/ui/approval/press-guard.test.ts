import { describe, expect, it } from 'vitest'
import { createPressGuard } from '../../../src/ui/approval/press-guard.ts'

const ready = { ready: true, turn: 1 }
const early = { ready: false, turn: 1 }
const trusted = { isTrusted: true }
const click = { isTrusted: true, detail: 1 }

describe('a click on Approve', () => {
  it('counts where the press began while it was ready', () => {
    const guard = createPressGuard()
    guard.pressed(trusted, ready)
    expect(guard.allows(click, ready)).toBe(true)
  })
  it('does not count before the second has passed', () => {
    const guard = createPressGuard()
    guard.pressed(trusted, early)
    expect(guard.allows(click, early)).toBe(false)
  })
  it('does not count where the press began too early and was let go in time', () => {
    const guard = createPressGuard()
    guard.pressed(trusted, early)
    expect(guard.allows(click, ready)).toBe(false)
  })
  it('does not count where the content changed between press and click', () => {
    const guard = createPressGuard()
    guard.pressed(trusted, ready)
    expect(guard.allows(click, { ready: true, turn: 2 })).toBe(false)
  })
  it('does not count as the second one of a double click', () => {
    const guard = createPressGuard()
    guard.pressed(trusted, ready)
    expect(guard.allows({ isTrusted: true, detail: 2 }, ready)).toBe(false)
  })
  it('does not count when a script made it', () => {
    const guard = createPressGuard()
    guard.pressed(trusted, ready)
    expect(guard.allows({ isTrusted: false, detail: 1 }, ready)).toBe(false)
  })
  it('does not count when a script made the press', () => {
    const guard = createPressGuard()
    guard.pressed({ isTrusted: false }, ready)
    expect(guard.allows(click, ready)).toBe(false)
  })
  it('counts without a press, as assistive technology clicks', () => {
    const guard = createPressGuard()
    expect(guard.allows({ isTrusted: true, detail: 0 }, ready)).toBe(true)
  })
  it('forgets a press that was let go', () => {
    const guard = createPressGuard()
    guard.pressed(trusted, early)
    guard.released()
    expect(guard.allows({ isTrusted: true, detail: 0 }, ready)).toBe(true)
  })
})
