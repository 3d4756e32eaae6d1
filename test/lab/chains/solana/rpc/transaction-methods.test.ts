import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOLANA_USDC } from '../../solana-chain.ts'
import { makeTokenTransfer } from '../make-token-transfer.ts'
import { startTransferFixture, type TransferFixture } from '../transfer-fixture.ts'

let fixture: TransferFixture

beforeEach(async () => {
  fixture = await startTransferFixture()
})

afterEach(() => fixture.chain.stop())

describe('a simulation', () => {
  it('changes nothing and tells what would be', async () => {
    const { chain, bob, transfer, statusOf, usdcOf, rawCall } = fixture
    const signed = await transfer(11n)
    const token = await chain.tokenAddress(bob.address, SOLANA_USDC)
    const accounts = { encoding: 'jsonParsed', addresses: [token] }
    const { result } = await rawCall('simulateTransaction', [
      signed.wire,
      { encoding: 'base64', commitment: 'confirmed', accounts },
    ])
    const parsed = { info: { owner: bob.address, tokenAmount: { amount: '11' } }, type: 'account' }
    expect(result).toMatchObject({ value: { err: null, accounts: [{ data: { parsed } }] } })
    expect(await usdcOf(bob)).toBe(0n)
    expect(await statusOf(signed)).toBeNull()
  })

  it('of an expired transaction runs with a fresh blockhash where that is asked for', async () => {
    const { chain, transfer, rawCall } = fixture
    const signed = await transfer(11n)
    await chain.warp(62)
    const simulate = async (more: object) =>
      await rawCall('simulateTransaction', [
        signed.wire,
        { encoding: 'base64', commitment: 'confirmed', ...more },
      ])
    expect((await simulate({})).result).toMatchObject({
      value: { err: 'BlockhashNotFound', replacementBlockhash: null },
    })
    expect((await simulate({ replaceRecentBlockhash: true })).result).toMatchObject({
      value: { err: null, replacementBlockhash: { blockhash: expect.any(String) } },
    })
    expect((await simulate({ replaceRecentBlockhash: true, sigVerify: true })).error).toEqual({
      code: -32602,
      message: 'sigVerify may not be used with replaceRecentBlockhash',
    })
  })
})

describe('fees', () => {
  it('are foretold exactly', async () => {
    const { chain, alice, bob, rpc, send, rawCall } = fixture
    const { value } = await rpc.getLatestBlockhash().send()
    const signed = await makeTokenTransfer({
      from: alice,
      to: bob.address,
      mint: SOLANA_USDC,
      amount: 1n,
      decimals: 6,
      blockhash: value.blockhash,
    })
    const message = Buffer.from(signed.wire, 'base64').subarray(65).toString('base64')
    const { result } = await rawCall('getFeeForMessage', [message, { commitment: 'confirmed' }])
    await send(signed)
    expect(result).toMatchObject({
      value: 100_000_000 - Number(await chain.balanceOf(alice.address, 'native')),
    })
  })

  it('are unknown for an expired blockhash', async () => {
    const { chain, transfer, rawCall } = fixture
    const message = Buffer.from((await transfer(1n)).wire, 'base64')
      .subarray(65)
      .toString('base64')
    await chain.warp(62)
    expect((await rawCall('getFeeForMessage', [message, { commitment: 'confirmed' }])).result).toMatchObject({
      value: null,
    })
  })
})
