import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { endOf, makeAsk, makeWorld, PRICE } from './consent-world.ts'

describe('a further offer to a payment that a yes began', () => {
  /** The gateway quotes 0.05, offers 0.04, and asks for another amount 1.5 s after it was paid. */
  async function payThen(amount: bigint) {
    const quote = { expected: toAtomic(PRICE), max: toAtomic(50_000n) }
    const world = await makeWorld({
      quote,
      asks: (nth) => {
        if (nth < 3) return toAtomic(PRICE)
        if (nth > 3) return null
        world.clock.advance(1_500)
        return toAtomic(amount)
      },
    })
    const ended = endOf(world.inference, makeAsk())
    await world.say({ kind: 'once' })
    await ended
    const { rows } = await world.ledger.history({}, { limit: 10 })
    return rows.map(({ payment }) => payment.attempts.map((attempt) => attempt.amount))
  }

  it('is signed within the maximum that was approved, also seconds later', async () => {
    expect(await payThen(45_000n)).toEqual([[40_000n, 45_000n]])
  })

  it('is not signed above it', async () => {
    expect(await payThen(50_001n)).toEqual([[40_000n]])
  })
})
