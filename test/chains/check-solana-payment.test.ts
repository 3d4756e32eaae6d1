import { generateKeyPairSigner } from '@solana/kit'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SOLANA_USDC } from '../lab/chains/solana-chain.ts'
import {
  type Forge,
  forgedChains,
  presentSolana,
  type SolanaFixture,
  settleSolana,
  startSolanaFixture,
} from './solana-fixture.ts'

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 })

let fixture: SolanaFixture

beforeEach(async () => {
  fixture = await startSolanaFixture()
})

afterEach(() => fixture?.stop())

/** Until a blockhash of now is too old at the finalized height: 150 blocks, and 32 more until that is rooted. */
const EXPIRY_SECONDS = 80

describe('a Solana payment', () => {
  it('is open while its blockhash lives', async () => {
    const { payment } = await presentSolana(fixture, 4_424n)
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'not-used-yet', endpoints: 2 },
    })
  })

  it("is settled by the facilitator's transaction that carries our signature, without anybody naming it", async () => {
    const presented = await presentSolana(fixture, 4_424n)
    const id = await settleSolana(fixture, presented)
    expect(await fixture.chain.balanceOf(fixture.payee.address, SOLANA_USDC)).toBe(4_424n)
    expect(await fixture.chains.checkPayment(presented.payment)).toEqual({
      kind: 'settled',
      charged: 4_424n,
      transaction: id,
      check: { atMs: expect.any(Number), finding: 'used-transfer-found', endpoints: 2 },
    })
  })

  it('is told from another payment of the same amount to the same payee', async () => {
    const one = await presentSolana(fixture, 4_424n)
    const two = await presentSolana(fixture, 4_424n)
    const id = await settleSolana(fixture, one)
    expect(await fixture.chains.checkPayment(one.payment)).toMatchObject({ kind: 'settled', transaction: id })
    const misled = { ...two.payment, transaction: id }
    expect(await fixture.chains.checkPayment(misled)).toMatchObject({ kind: 'open' })
  })

  it.each([
    ['made up', '5VERv8NMvzbJMEkV8xnrLkEaWRtSz9CosKDYjCJjBRnbJLgp8uirBgmQpjKhoR4tjF3ZpRzrFmBV6UjKdiSZkQUW'],
    ['no signature at all', 'settled, trust me'],
  ])('is not settled by a transaction that is %s', async (_, transaction) => {
    const { payment } = await presentSolana(fixture, 4_424n)
    expect(await fixture.chains.checkPayment({ ...payment, transaction })).toMatchObject({
      kind: 'open',
      check: { finding: 'not-used-yet' },
    })
  })

  it("is not settled by somebody else's payment to the same payee", async () => {
    const { payment } = await presentSolana(fixture, 4_424n)
    const stranger = await generateKeyPairSigner()
    await fixture.chain.fund(stranger.address, SOLANA_USDC, 4_424n)
    const theirs = await presentSolana({ ...fixture, payer: stranger }, 4_424n)
    const transaction = await settleSolana(fixture, theirs)
    expect(await fixture.chains.checkPayment({ ...payment, transaction })).toMatchObject({ kind: 'open' })
  })

  it('is not settled by a transaction that landed and failed, and is released in the end', async () => {
    const poor = await presentSolana(fixture, 30_000_000n)
    const transaction = await settleSolana(fixture, poor, { skipPreflight: true })
    expect(await fixture.chains.checkPayment({ ...poor.payment, transaction })).toMatchObject({
      kind: 'open',
    })
    await fixture.warp(EXPIRY_SECONDS)
    expect(await fixture.chains.checkPayment({ ...poor.payment, transaction })).toMatchObject({
      kind: 'released',
    })
  })

  it('is released when the finalized height is past its last block, and not a moment before', async () => {
    const { payment } = await presentSolana(fixture, 4_424n)
    // 150 blocks of 0.4 s are over after 60 s, but the last of them is not yet finalized.
    await fixture.warp(62)
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'not-used-yet' },
    })
    await fixture.warp(EXPIRY_SECONDS - 62)
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'released',
      check: { finding: 'expired-unused', endpoints: 2 },
    })
  })

  it('is settled for good, also long after its window', async () => {
    const presented = await presentSolana(fixture, 4_424n)
    const id = await settleSolana(fixture, presented)
    await fixture.warp(7_200)
    expect(await fixture.chains.checkPayment(presented.payment)).toMatchObject({
      kind: 'settled',
      transaction: id,
    })
  })
})

describe('a wall clock that was an hour off when a Solana payment was signed', () => {
  // Once: rows of the chain's history were left out by the wall clock, and a charged payment was released.
  it.each([3_600_000, -3_600_000])('hides no charge (%i ms)', async (offMs) => {
    fixture.clock.move(offMs)
    const presented = await presentSolana(fixture, 4_424n)
    const id = await settleSolana(fixture, presented)
    await fixture.warp(EXPIRY_SECONDS)
    for (const movedMs of [0, -offMs]) {
      fixture.clock.move(movedMs)
      expect(await fixture.chains.checkPayment(presented.payment)).toMatchObject({
        kind: 'settled',
        transaction: id,
      })
    }
  })
})

describe('endpoints that fail or lie', () => {
  it('release nothing by a last height that one of them stated too low', async () => {
    const { payment } = await presentSolana(fixture, 4_424n)
    const [attempt] = payment.attempts
    if (!attempt) throw new Error('no attempt')
    const end = (attempt.lastValidBlockHeight ?? 0) - 1_000
    const misled = { ...payment, attempts: [{ ...attempt, lastValidBlockHeight: end }] }
    expect(await fixture.chains.checkPayment(misled)).toMatchObject({ kind: 'open' })
    await fixture.warp(30)
    expect(await fixture.chains.checkPayment(misled)).toMatchObject({ kind: 'open' })
    await fixture.warp(EXPIRY_SECONDS - 30)
    expect(await fixture.chains.checkPayment(misled)).toMatchObject({ kind: 'released' })
  })

  it('hide nothing behind a last height that one of them stated too high', async () => {
    const { payment, wire } = await presentSolana(fixture, 4_424n)
    const id = await settleSolana(fixture, { payment, wire })
    const [attempt] = payment.attempts
    if (!attempt) throw new Error('no attempt')
    const end = (attempt.lastValidBlockHeight ?? 0) + 20_000
    const misled = { ...payment, attempts: [{ ...attempt, lastValidBlockHeight: end }] }
    await fixture.warp(10_000)
    expect(await fixture.chains.checkPayment(misled)).toMatchObject({ kind: 'settled', transaction: id })
  })

  it.each([0, 1])('release nothing long after where only one still remembers (%i)', async (forgetful) => {
    const { payment } = await presentSolana(fixture, 4_424n)
    await fixture.warp(7_200)
    const urls = [fixture.chain.rpcUrl, fixture.second.url]
    const remembering = forgedChains(
      fixture,
      oldestSlots(() => 0),
    )
    const forgetting = forgedChains(
      fixture,
      oldestSlots((url) => (url === urls[forgetful] ? Number.MAX_SAFE_INTEGER : 0)),
    )
    expect(await forgetting.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'used-transfer-missing', endpoints: 2 },
    })
    expect(await remembering.checkPayment(payment)).toMatchObject({ kind: 'released' })
  })

  it('release nothing where a listed transaction cannot be read', async () => {
    const presented = await presentSolana(fixture, 4_424n)
    await settleSolana(fixture, presented)
    await fixture.warp(EXPIRY_SECONDS)
    const blind = forgedChains(fixture, (_url, method, result) =>
      method === 'getTransaction' ? null : result,
    )
    expect(await blind.checkPayment(presented.payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'rpc-failed' },
    })
  })

  it('settle with one dead', async () => {
    const presented = await presentSolana(fixture, 4_424n)
    await settleSolana(fixture, presented)
    fixture.second.setMode('dead')
    expect(await fixture.chains.checkPayment(presented.payment)).toMatchObject({
      kind: 'settled',
      check: { endpoints: 1 },
    })
  })

  it('release nothing with one dead', async () => {
    const { payment } = await presentSolana(fixture, 4_424n)
    await fixture.warp(EXPIRY_SECONDS)
    fixture.chain.setMode('dead')
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      kind: 'open',
      check: { finding: 'rpc-failed', endpoints: 1 },
    })
    fixture.second.setMode('dead')
    expect(await fixture.chains.checkPayment(payment)).toMatchObject({
      check: { finding: 'rpc-failed', endpoints: 0 },
    })
  })

  it('release nothing that was charged, whatever one of them denies', async () => {
    const presented = await presentSolana(fixture, 4_424n)
    const id = await settleSolana(fixture, presented)
    await fixture.warp(EXPIRY_SECONDS)
    fixture.chain.setMode('lying')
    expect(await fixture.chains.checkPayment(presented.payment)).toMatchObject({
      kind: 'settled',
      transaction: id,
      check: { endpoints: 1 },
    })
  })
})

describe('solanaAnchor', () => {
  it('is asked for once in 20 seconds, and shared by those who come meanwhile', async () => {
    fixture.chain.resetCounters()
    const [one, two] = await Promise.all([fixture.chains.solanaAnchor(), fixture.chains.solanaAnchor()])
    expect(one).toEqual(two)
    expect(fixture.chain.counters().getLatestBlockhash).toBe(1)
    await fixture.warp(21)
    const later = await fixture.chains.solanaAnchor()
    expect(later.blockhash).not.toBe(one.blockhash)
    expect(later.lastValidBlockHeight).toBeGreaterThan(one.lastValidBlockHeight)
    expect(fixture.chain.counters().getLatestBlockhash).toBe(2)
  })
})

function oldestSlots(oldestOf: (url: string) => number): Forge {
  return (url, method, result) => (method === 'getFirstAvailableBlock' ? oldestOf(url) : result)
}
