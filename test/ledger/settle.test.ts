import { describe, expect, it } from 'vitest'
import { toAtomic, ZERO } from '../../src/domain/amount.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { grantUsdc, makeAttempt, makeLedger, makeReservation, NOON, SITE, usdc } from './make-ledger.ts'

const PRICE = usdc('0.004')
const TX = `0x${'ab'.repeat(32)}`

async function presented(ledger: Ledger, id: string): Promise<string> {
  const result = await ledger.reserve(makeReservation({ id, amount: PRICE, max: usdc('0.01') }))
  if (result.kind !== 'reserved') throw new Error(result.kind)
  const shown = await ledger.present(result.payment.id, makeAttempt(PRICE))
  if (shown.kind !== 'presented') throw new Error(shown.reason)
  return shown.payment.id
}

async function books(ledger: Ledger) {
  const { today, period } = await ledger.view(SITE, 'USDC')
  return { today, period }
}

const both = (settled: bigint, live: bigint) => ({ today: { settled, live }, period: { settled, live } })

describe('settle', () => {
  it("moves payment, request and both books by the gateway's word, and goes on waiting for the chain", async () => {
    const { ledger, clock } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    clock.advance(1000)
    await ledger.settle(id, 'gateway', { charged: PRICE, transaction: TX })
    expect(await ledger.getRequest('a')).toMatchObject({
      payment: {
        state: 'settled',
        settledBy: 'gateway',
        charged: PRICE,
        transaction: TX,
        endedAtMs: NOON + 1000,
      },
      request: { money: 'settled', settledBy: 'gateway', cost: PRICE },
    })
    expect(await books(ledger)).toEqual(both(4000n, 0n))
    expect((await ledger.unfinished()).map((payment) => payment.id)).toEqual([id])
  })

  it("ends with the chain's word", async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    await ledger.settle(id, 'gateway', { charged: PRICE, transaction: null })
    await ledger.settle(id, 'chain', { charged: PRICE, transaction: TX })
    expect(await ledger.getRequest('a')).toMatchObject({
      payment: { settledBy: 'chain', transaction: TX },
      request: { settledBy: 'chain' },
    })
    expect(await ledger.unfinished()).toEqual([])
  })

  it('does nothing when the same word comes again', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    const changes: string[] = []
    await ledger.settle(id, 'gateway', { charged: PRICE, transaction: TX })
    await ledger.settle(id, 'gateway', { charged: PRICE, transaction: TX })
    await ledger.settle(id, 'chain', { charged: PRICE, transaction: TX })
    ledger.onChange((change) => changes.push(change.kind))
    await ledger.settle(id, 'chain', { charged: PRICE, transaction: TX })
    await ledger.settle(id, 'gateway', { charged: PRICE, transaction: 'made up' })
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(changes).toEqual([])
    expect(await ledger.getPayment(id)).toMatchObject({ settledBy: 'chain', transaction: TX })
    expect(await books(ledger)).toEqual(both(4000n, 0n))
  })

  it('counts the whole maximum until the chain tells, whatever the gateway says it took', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    await ledger.settle(id, 'gateway', { charged: toAtomic(1n), transaction: null })
    expect(await ledger.getPayment(id)).toMatchObject({ charged: 1n })
    expect(await books(ledger)).toEqual(both(4000n, 0n))
    await ledger.settle(id, 'chain', { charged: toAtomic(1n), transaction: TX })
    expect(await books(ledger)).toEqual(both(1n, 0n))
  })

  it('refuses a gateway that says it took more than was signed', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    await expect(
      ledger.settle(id, 'gateway', { charged: toAtomic(4001n), transaction: null }),
    ).rejects.toThrow('ledger-failed')
    expect(await books(ledger)).toEqual(both(0n, 4000n))
  })

  it('books in the period of the reservation, whenever it settles', async () => {
    const { ledger, clock } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    clock.advance(86_400_000)
    expect(await books(ledger)).toEqual(both(0n, 0n))
    await ledger.settle(id, 'chain', { charged: PRICE, transaction: TX })
    expect(await books(ledger)).toEqual(both(0n, 0n))
    expect(await ledger.daily({ kind: 'all' }, 2)).toEqual([
      expect.objectContaining({ settled: PRICE, live: 0n, dayStartMs: expect.any(Number) }),
    ])
  })

  it('refuses to settle what never left', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const result = await ledger.reserve(makeReservation())
    if (result.kind !== 'reserved') throw new Error(result.kind)
    const word = { charged: PRICE, transaction: null }
    await expect(ledger.settle(result.payment.id, 'chain', word)).rejects.toThrow('ledger-failed')
    await expect(ledger.settle('nobody', 'chain', word)).rejects.toThrow('ledger-failed')
  })
})

describe('release', () => {
  it('frees what is live in both books, once', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    await ledger.release(id)
    await ledger.release(id)
    expect(await ledger.getRequest('a')).toMatchObject({
      payment: { state: 'released', charged: ZERO },
      request: { money: 'released', cost: ZERO },
    })
    expect(await books(ledger)).toEqual(both(0n, 0n))
  })

  it("takes a gateway's word back where the chain proved otherwise", async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    await ledger.settle(id, 'gateway', { charged: PRICE, transaction: 'made up' })
    await ledger.release(id)
    expect(await ledger.getRequest('a')).toMatchObject({
      payment: { state: 'released', settledBy: null },
      request: { money: 'released', settledBy: null },
    })
    expect(await books(ledger)).toEqual(both(0n, 0n))
  })

  it('is impossible once the chain has settled', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    await ledger.settle(id, 'chain', { charged: PRICE, transaction: TX })
    await expect(ledger.release(id)).rejects.toThrow('ledger-failed')
    expect(await books(ledger)).toEqual(both(4000n, 0n))
  })

  it('yields to a transfer that the chain shows after all', async () => {
    const { ledger } = await makeLedger()
    await grantUsdc(ledger, '0.5')
    const id = await presented(ledger, 'a')
    await ledger.release(id)
    await ledger.settle(id, 'gateway', { charged: PRICE, transaction: null })
    expect(await books(ledger)).toEqual(both(0n, 0n))
    await ledger.settle(id, 'chain', { charged: PRICE, transaction: TX })
    expect(await books(ledger)).toEqual(both(4000n, 0n))
  })
})
