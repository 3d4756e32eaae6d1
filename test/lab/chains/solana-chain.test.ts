import { address } from '@solana/kit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { startTransferFixture, type TransferFixture } from './solana/transfer-fixture.ts'
import { SOLANA_NETWORK, SOLANA_USDC } from './solana-chain.ts'

let fixture: TransferFixture

beforeEach(async () => {
  fixture = await startTransferFixture()
})

afterEach(() => fixture.chain.stop())

describe('the chain', () => {
  it('is mainnet by its genesis hash', async () => {
    const { rpc } = fixture
    const hash = await rpc.getGenesisHash().send()
    expect(`solana:${hash.slice(0, 32)}`).toBe(SOLANA_NETWORK)
  })

  it('ticks with real time', async () => {
    const { rpc } = fixture
    const started = performance.now()
    const before = await rpc.getSlot({ commitment: 'processed' }).send()
    await new Promise((resolve) => setTimeout(resolve, 900))
    const after = await rpc.getSlot({ commitment: 'processed' }).send()
    expect(Number(after - before)).toBeGreaterThanOrEqual(2)
    expect(Number(after - before)).toBeLessThanOrEqual((performance.now() - started) / 400 + 1)
  })

  it('moves slots, heights, block times and expiries when it is warped', async () => {
    const { chain, rpc } = fixture
    const [slot, height, seconds] = [
      await rpc.getSlot().send(),
      await rpc.getBlockHeight().send(),
      await chain.now(),
    ]
    await chain.warp(3_600)
    expect(Number((await rpc.getSlot().send()) - slot)).toBeGreaterThanOrEqual(9_000)
    expect(Number((await rpc.getBlockHeight().send()) - height)).toBeGreaterThanOrEqual(9_000)
    expect((await chain.now()) - seconds).toBeGreaterThanOrEqual(3_600)
    expect((await chain.now()) - seconds).toBeLessThan(3_605)
    expect(await rpc.getBlockTime(slot + 9_000n).send()).toBe((await rpc.getBlockTime(slot).send()) + 3_600n)
  })

  it('keeps a blockhash good for 150 blocks and no longer', async () => {
    const { chain, rpc } = fixture
    const before = await rpc.getBlockHeight().send()
    const { value } = await rpc.getLatestBlockhash().send()
    expect(value.lastValidBlockHeight - 150n).toBeGreaterThanOrEqual(before)
    expect(value.lastValidBlockHeight - 150n).toBeLessThanOrEqual(await rpc.getBlockHeight().send())
    await chain.warp(50)
    expect((await rpc.isBlockhashValid(value.blockhash).send()).value).toBe(true)
    await chain.warp(12)
    expect((await rpc.isBlockhashValid(value.blockhash).send()).value).toBe(false)
    expect(await rpc.getBlockHeight().send()).toBeGreaterThan(value.lastValidBlockHeight)
  })

  it('holds the USDC mint with 6 decimals and a supply that is what was funded', async () => {
    const { rpc } = fixture
    const { value } = await rpc.getTokenSupply(address(SOLANA_USDC)).send()
    expect(value).toEqual({ amount: '25000000', decimals: 6, uiAmount: 25, uiAmountString: '25' })
  })

  it('sets a balance to exactly what it is funded with', async () => {
    const { chain, alice, rpc, usdcOf } = fixture
    await chain.fund(alice.address, SOLANA_USDC, 7n)
    await chain.fund(alice.address, 'native', 5_000_000n)
    expect(await usdcOf(alice)).toBe(7n)
    expect(await chain.balanceOf(alice.address, 'native')).toBe(5_000_000n)
    expect((await rpc.getBalance(alice.address).send()).value).toBe(5_000_000n)
  })
})

describe('a lying endpoint', () => {
  it('denies a transfer that landed and says that it has expired', async () => {
    const { chain, alice, rpc, transfer, send, statusOf } = fixture
    const { value } = await rpc.getLatestBlockhash().send()
    const signed = await transfer(9n)
    await send(signed)
    await chain.warp(20)
    chain.setMode('lying')
    expect(await statusOf(signed)).toBeNull()
    expect(await rpc.getSignaturesForAddress(alice.address).send()).toEqual([])
    expect(await rpc.getBlockHeight({ commitment: 'finalized' }).send()).toBeGreaterThan(
      value.lastValidBlockHeight,
    )
    chain.setMode('ok')
    expect((await statusOf(signed))?.confirmationStatus).toBe('finalized')
    expect(await rpc.getBlockHeight({ commitment: 'finalized' }).send()).toBeLessThan(
      value.lastValidBlockHeight,
    )
  })
})
