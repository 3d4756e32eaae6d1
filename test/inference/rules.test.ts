import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { ChatError } from '../../src/domain/errors.ts'
import { BASE, SOLANA } from '../../src/domain/network.ts'
import { hashBody } from '../../src/inference/body-hash.ts'
import { chooseNetwork } from '../../src/inference/choose-network.ts'
import { createClockCheck } from '../../src/inference/clock-check.ts'
import { toAnswerError } from '../../src/inference/public-error.ts'
import { createFakeClock } from './fake-clock.ts'

describe('which network pays', () => {
  const option = (network: typeof BASE | typeof SOLANA, balance: bigint | null) => ({
    network,
    needed: toAtomic(100n),
    balance: balance === null ? null : toAtomic(balance),
  })
  it.each([
    ['the preferred one where both have enough', 100n, 100n, BASE, BASE],
    ['the other one where the preferred is short by one', 99n, 100n, BASE, SOLANA],
    ['the preference of the person', 100n, 100n, SOLANA, SOLANA],
    ['one that could not be read before one that is short', 99n, null, BASE, SOLANA],
    ['the preferred one where nobody has enough', 1n, 2n, BASE, BASE],
  ] as const)('%s', (_name, base, solana, preferred, expected) => {
    expect(chooseNetwork([option(SOLANA, solana), option(BASE, base)], preferred)?.network).toBe(expected)
  })
  it('is none without options', () => expect(chooseNetwork([], BASE)).toBeNull())
})

describe('the clock', () => {
  const at = (skewSeconds: number) => {
    const time = createFakeClock()
    const kept = new Map<string, unknown>()
    let reads = 0
    let dead = false
    const chains = {
      chainTime: async () => {
        reads++
        if (dead) throw new ChatError('rpc-failed')
        return Math.floor(time.clock.nowMs() / 1000) - skewSeconds
      },
    }
    const session = {
      get: async (key: string) => kept.get(key),
      set: async (key: string, value: unknown) => void kept.set(key, value),
    }
    /** A new worker has the session's store, and a monotonic clock that starts anew. */
    const startWorker = () => {
      const startedMs = time.clock.monotonicMs()
      const clock = { ...time.clock, monotonicMs: () => time.clock.monotonicMs() - startedMs }
      return createClockCheck({ chains, clock, session })
    }
    return {
      ...time,
      check: startWorker(),
      startWorker,
      reads: () => reads,
      kill: () => {
        dead = true
      },
    }
  }
  it.each([
    [0, 'right'],
    [120, 'right'],
    [121, 'wrong'],
    [-121, 'wrong'],
  ])('that is %i s ahead of the chain is %s', async (skew, verdict) => {
    expect(await at(skew).check.check(BASE)).toBe(verdict)
  })
  it('is unknown where no endpoint answers', async () => {
    const { check, kill } = at(0)
    kill()
    expect(await check.check(BASE)).toBe('unknown')
  })
  it('is measured again after ten minutes, and at once when the wall clock jumped', async () => {
    const { check, pass, jump, reads } = at(0)
    await check.check(BASE)
    await check.check(BASE)
    expect(reads()).toBe(1)
    await pass(10 * 60_000)
    await check.check(BASE)
    expect(reads()).toBe(2)
    jump(-3_600_000)
    await check.check(BASE)
    expect(reads()).toBe(3)
  })
  it('once measured stays right while no endpoint answers, until the wall clock jumps', async () => {
    const { check, pass, jump, kill } = at(0)
    await check.check(BASE)
    kill()
    await pass(3_600_000)
    expect(await check.check(BASE)).toBe('right')
    jump(3_600_000)
    expect(await check.check(BASE)).toBe('unknown')
  })
  it('is taken over by the next worker for two minutes, without asking anybody', async () => {
    const { check, startWorker, pass, reads } = at(0)
    await check.check(BASE)
    await pass(119_000)
    const next = startWorker()
    expect(await next.check(BASE)).toBe('right')
    expect(await next.check(SOLANA)).toBe('right')
    expect(reads()).toBe(2)
    await pass(1_000)
    await next.check(BASE)
    expect(reads()).toBe(3)
  })
  it('that was wrong, or was set back, is measured anew by the next worker', async () => {
    const wrong = at(121)
    await wrong.check.check(BASE)
    expect(await wrong.startWorker().check(BASE)).toBe('wrong')
    expect(wrong.reads()).toBe(2)
    const moved = at(0)
    await moved.check.check(BASE)
    moved.jump(-1)
    await moved.startWorker().check(BASE)
    expect(moved.reads()).toBe(2)
  })
})

describe('what a caller learns', () => {
  const context = { charged: 'no', row: null, partial: null } as const
  it.each([
    'wallet-locked',
    'wallet-missing',
    'frozen',
    'clock-wrong',
    'clock-unknown',
    'insufficient-funds',
    'over-limit-day',
    'site-blocked',
  ] as const)('a site without a grant reads user_rejected for %s', (reason) => {
    expect(toAnswerError(new ChatError(reason), { ...context, hasGrant: false }).type).toBe('user_rejected')
  })
  it('a site with a grant reads the cause', () => {
    expect(toAnswerError(new ChatError('wallet-locked'), { ...context, hasGrant: true }).type).toBe('locked')
    expect(toAnswerError(new ChatError('over-limit-day'), { ...context, hasGrant: true }).type).toBe(
      'budget_exceeded',
    )
  })
  it.each(['maybe', 'yes'] as const)(
    'once a signature may exist (%s), it is paid_no_answer whatever the cause',
    (charged) => {
      const error = toAnswerError(new ChatError('gateway-error'), { ...context, charged, hasGrant: true })
      expect(error.type).toBe('paid_no_answer')
    },
  )
})

describe('a body hash', () => {
  it('does not depend on the order of keys, but on everything else', async () => {
    const body = { model: 'a', messages: [{ role: 'user', content: 'x' }] }
    const same = { messages: [{ content: 'x', role: 'user' }], model: 'a' }
    expect(await hashBody(body)).toBe(await hashBody(same))
    expect(await hashBody(body)).not.toBe(await hashBody({ ...body, model: 'b' }))
    expect(await hashBody({ a: [1, 2] })).not.toBe(await hashBody({ a: [2, 1] }))
    expect(await hashBody({ a: '1' })).not.toBe(await hashBody({ a: 1 }))
  })
})
