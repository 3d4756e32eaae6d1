import { describe, expect, it } from 'vitest'
import { later } from '../../src/platform/later.ts'

function makeCounter() {
  let made = 0
  const counter = later(() => {
    made += 1
    let count = 0
    return {
      add(by: number) {
        count += by
        return count
      },
    }
  })
  return { counter, made: () => made }
}

describe('later', () => {
  it('makes nothing before the first call, and one object for all calls', () => {
    const { counter, made } = makeCounter()
    const { add } = counter
    expect(made()).toBe(0)
    expect([add(2), counter.add(3)]).toEqual([2, 5])
    expect(made()).toBe(1)
  })

  it('tries again after a failure', () => {
    let tries = 0
    const told = later(() => {
      tries += 1
      if (tries === 1) throw new Error('not there')
      return { word: () => 'here' }
    })
    expect(() => told.word()).toThrow('not there')
    expect(told.word()).toBe('here')
  })

  it('is no promise, so that awaiting it does not call anything', async () => {
    const { counter, made } = makeCounter()
    await Promise.resolve(counter)
    expect(made()).toBe(0)
  })
})
