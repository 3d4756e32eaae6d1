import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { PANEL, type Principal, parseOrigin } from '../../src/domain/principal.ts'
import { createApprovalMemory } from '../../src/inference/approval-memory.ts'
import { createFakeClock } from './fake-clock.ts'

const SITE: Principal = parseOrigin('https://site.example') ?? PANEL
const YES = {
  payTo: 'payee',
  network: 'eip155:8453',
  asset: 'usdc',
  max: toAtomic(50_000n),
  allowance: null,
}
const call = (key: string, bodyHash = 'body', principal = SITE) => ({ principal, key, bodyHash })

function open() {
  const time = createFakeClock()
  return { ...time, memory: createApprovalMemory(time.clock) }
}

describe('a yes', () => {
  it('is good for its own request and that one’s retries', () => {
    const { memory } = open()
    memory.remember(call('a'), YES)
    memory.adopt(call('a'))
    expect(memory.find(call('a'))).toMatchObject(YES)
    memory.end(call('a'))
    memory.adopt(call('a'))
    expect(memory.find(call('a'))).toMatchObject(YES)
  })

  it.each([
    ['another key', call('b')],
    ['another body', call('a', 'other')],
    ['another site', call('a', 'body', PANEL)],
  ])('is not good for %s while its request runs', (_name, other) => {
    const { memory } = open()
    memory.remember(call('a'), YES)
    memory.adopt(other)
    expect(memory.find(other)).toBeNull()
  })

  it('goes to one retry under a new key where its request ended and nothing was signed', () => {
    const { memory } = open()
    memory.remember(call('a'), YES)
    memory.end(call('a'))
    memory.adopt(call('b'))
    memory.adopt(call('c'))
    expect(memory.find(call('b'))).toMatchObject(YES)
    expect(memory.find(call('c'))).toBeNull()
    memory.adopt(call('a'))
    expect(memory.find(call('a'))).toBeNull()
  })

  it('is good for further offers to its request once something was signed, and is gone with it', () => {
    const { memory } = open()
    memory.remember(call('a'), YES)
    memory.spend(call('a'))
    expect(memory.find(call('a'))).toMatchObject(YES)
    memory.end(call('a'))
    for (const key of ['a', 'b']) {
      memory.adopt(call(key))
      expect(memory.find(call(key))).toBeNull()
    }
  })

  it('ends with a no, and after 120 s by the clock that nobody can set', async () => {
    const { memory, pass, jump } = open()
    memory.remember(call('a'), YES)
    memory.forget(call('a'))
    expect(memory.find(call('a'))).toBeNull()
    memory.remember(call('a'), YES)
    jump(-3_600_000)
    await pass(119_999)
    expect(memory.find(call('a'))).not.toBeNull()
    memory.end(call('a'))
    await pass(1)
    memory.adopt(call('b'))
    expect(memory.find(call('b'))).toBeNull()
  })

  it('is never spent by two requests, in whatever order calls start, sign and end', () => {
    const step = fc.tuple(
      fc.constantFrom('yes', 'start', 'sign', 'end', 'no'),
      fc.constantFrom('a', 'b', 'c'),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { memory } = open()
        const signed = new Set<string>()
        let given = 0
        let spent = 0
        for (const [what, key] of steps) {
          if (what === 'yes') {
            given += 1
            memory.remember(call(key), YES)
            signed.delete(key)
          }
          if (what === 'start') memory.adopt(call(key))
          if (what === 'sign' && !signed.has(key) && memory.find(call(key))) {
            spent += 1
            signed.add(key)
            memory.spend(call(key))
          }
          if (what === 'no') memory.forget(call(key))
          if (what === 'end') {
            memory.end(call(key))
            signed.delete(key)
          }
        }
        expect(spent).toBeLessThanOrEqual(given)
      }),
    )
  })
})
