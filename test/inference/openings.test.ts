import { describe, expect, it } from 'vitest'
import { createOpenings } from '../../src/inference/openings.ts'

const never = new AbortController().signal

describe('a session on its way', () => {
  it('is awaited by everybody else, and once only begun', async () => {
    const openings = createOpenings()
    const done = openings.begin('opengradient')
    expect(openings.isOpening('opengradient')).toBe(true)
    expect(() => openings.begin('opengradient')).toThrow('ledger-failed')
    const order: string[] = []
    const waiting = [1, 2].map(async (name) => {
      await openings.wait('opengradient', never)
      order.push(`follower ${name}`)
    })
    order.push('opener')
    done()
    await Promise.all(waiting)
    expect(order).toEqual(['opener', 'follower 1', 'follower 2'])
    expect(openings.isOpening('opengradient')).toBe(false)
  })

  it('holds nobody who leaves, and no other gateway', async () => {
    const openings = createOpenings()
    openings.begin('opengradient')
    const leaving = new AbortController()
    const waiting = openings.wait('opengradient', leaving.signal)
    leaving.abort()
    await expect(waiting).rejects.toThrow('aborted')
    await openings.wait('opengradient-test', never)
    expect(openings.isOpening('opengradient-test')).toBe(false)
  })

  it('is counted, so that a refusal can be told from one that it overtook', () => {
    const openings = createOpenings()
    openings.begin('opengradient')()
    openings.begin('opengradient')()
    expect(openings.count('opengradient')).toBe(2)
    expect(openings.count('opengradient-test')).toBe(0)
  })
})
