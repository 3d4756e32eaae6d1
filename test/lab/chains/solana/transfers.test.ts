import { address, generateKeyPairSigner, signature } from '@solana/kit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOLANA_USDC } from '../solana-chain.ts'
import { makeTokenTransfer } from './make-token-transfer.ts'
import { startTransferFixture, type TransferFixture } from './transfer-fixture.ts'

let fixture: TransferFixture

beforeEach(async () => {
  fixture = await startTransferFixture()
})

afterEach(() => fixture.chain.stop())

const CONFIRMED = { encoding: 'base64', preflightCommitment: 'confirmed' }

describe('a transfer', () => {
  it('is sent, polled to its confirmation, and found by its account and signature', async () => {
    const { chain, alice, bob, rpc, transfer, send, statusOf, usdcOf } = fixture
    const signed = await transfer(1_500_000n, 'lunch')
    expect(await send(signed)).toBe(signed.signature)
    await expect
      .poll(async () => (await statusOf(signed))?.confirmationStatus, { timeout: 5_000 })
      .toBe('confirmed')

    expect(await usdcOf(alice)).toBe(23_500_000n)
    expect(await usdcOf(bob)).toBe(1_500_000n)
    expect(await chain.balanceOf(alice.address, 'native')).toBe(100_000_000n - 5_000n)

    const [found] = await rpc.getSignaturesForAddress(alice.address).send()
    expect(found).toMatchObject({
      signature: signed.signature,
      err: null,
      memo: '[5] lunch',
      confirmationStatus: 'confirmed',
    })
    const token = address(await chain.tokenAddress(bob.address, SOLANA_USDC))
    expect((await rpc.getSignaturesForAddress(token).send()).map((entry) => entry.signature)).toEqual([
      signed.signature,
    ])
  })

  it('tells both token balances before and after, in json and base64', async () => {
    const { chain, alice, bob, rpc, transfer, send } = fixture
    const signed = await transfer(40n)
    await send(signed)
    await chain.warp(20)
    const config = { encoding: 'json', maxSupportedTransactionVersion: 0 } as const
    const read = await rpc.getTransaction(signature(signed.signature), config).send()
    const amounts = (list: readonly { owner?: string; uiTokenAmount: { amount: string } }[] | undefined) =>
      Object.fromEntries((list ?? []).map((entry) => [entry.owner, entry.uiTokenAmount.amount]))
    expect(amounts(read?.meta?.preTokenBalances)).toEqual({ [alice.address]: '25000000', [bob.address]: '0' })
    expect(amounts(read?.meta?.postTokenBalances)).toEqual({
      [alice.address]: '24999960',
      [bob.address]: '40',
    })
    expect(read?.meta?.fee).toBe(5_000n)
    expect(read?.transaction.message.accountKeys[0]).toBe(alice.address)
    expect(read?.version).toBe(0)

    const raw = await rpc
      .getTransaction(signature(signed.signature), { ...config, encoding: 'base64' })
      .send()
    expect(raw?.transaction).toEqual([signed.wire, 'base64'])
  })

  it('takes effect at processed, confirmed and finalized one after the other', async () => {
    const { chain, bob, rpc, transfer, sendBlindly, statusOf } = fixture
    const signed = await transfer(5n)
    await sendBlindly(signed)
    const token = address(await chain.tokenAddress(bob.address, SOLANA_USDC))
    const amountAt = async (commitment: 'processed' | 'confirmed' | 'finalized') =>
      (await rpc.getTokenAccountBalance(token, { commitment }).send()).value.amount
    expect(await amountAt('processed')).toBe('5')
    expect(await amountAt('finalized')).toBe('0')
    await chain.warp(1)
    expect(await amountAt('confirmed')).toBe('5')
    expect(await amountAt('finalized')).toBe('0')
    expect((await statusOf(signed))?.confirmationStatus).toBe('confirmed')
    await chain.warp(13)
    expect(await amountAt('finalized')).toBe('5')
    expect(await statusOf(signed)).toMatchObject({ confirmationStatus: 'finalized', confirmations: null })
  })

  it('lands once however often it is sent', async () => {
    const { bob, transfer, send, sendBlindly, usdcOf, rawCall } = fixture
    const signed = await transfer(1_000_000n)
    await send(signed)
    await sendBlindly(signed)
    expect(
      (
        await rawCall('sendTransaction', [
          signed.wire,
          { encoding: 'base64', preflightCommitment: 'processed' },
        ])
      ).error,
    ).toMatchObject({
      code: -32002,
      message: 'Transaction simulation failed: This transaction has already been processed',
      data: { err: 'AlreadyProcessed' },
    })
    expect(await usdcOf(bob)).toBe(1_000_000n)
  })

  it('is refused by the preflight, and never lands, once its blockhash has expired', async () => {
    const { chain, bob, transfer, sendBlindly, statusOf, usdcOf, rawCall } = fixture
    const signed = await transfer(1_000_000n)
    await chain.warp(62)
    const { error } = await rawCall('sendTransaction', [
      signed.wire,
      { encoding: 'base64', preflightCommitment: 'confirmed' },
    ])
    expect(error).toMatchObject({
      code: -32002,
      message: 'Transaction simulation failed: Blockhash not found',
    })
    expect(await sendBlindly(signed)).toBe(signed.signature)
    await chain.warp(20)
    expect(await statusOf(signed)).toBeNull()
    expect(await usdcOf(bob)).toBe(0n)
  })

  it('is refused with the reason and the logs when the money is not there', async () => {
    const { transfer, rawCall } = fixture
    const { error } = await rawCall('sendTransaction', [
      (await transfer(25_000_001n)).wire,
      { encoding: 'base64', preflightCommitment: 'confirmed' },
    ])
    expect(error).toMatchObject({
      code: -32002,
      message: 'Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1',
      data: { err: { InstructionError: [0, { Custom: 1 }] } },
    })
    expect(error?.data).toHaveProperty(
      'logs',
      expect.arrayContaining(['Program log: Error: insufficient funds']),
    )
  })

  it('pays its fee and stands in the block as failed when the preflight is skipped', async () => {
    const { chain, alice, transfer, sendBlindly, statusOf, usdcOf } = fixture
    const signed = await transfer(25_000_001n)
    await sendBlindly(signed)
    expect(await statusOf(signed)).toMatchObject({ err: { InstructionError: [0n, { Custom: 1n }] } })
    expect(await usdcOf(alice)).toBe(25_000_000n)
    expect(await chain.balanceOf(alice.address, 'native')).toBe(100_000_000n - 5_000n)
  })

  it("creates the recipient's token account at the sender's cost", async () => {
    const { chain, alice, rpc, send, usdcOf, rawCall } = fixture
    const carol = await generateKeyPairSigner()
    const { value } = await rpc.getLatestBlockhash().send()
    const said = {
      from: alice,
      to: carol.address,
      mint: SOLANA_USDC,
      amount: 3n,
      decimals: 6,
      blockhash: value.blockhash,
    }
    expect(
      (await rawCall('sendTransaction', [(await makeTokenTransfer(said)).wire, CONFIRMED])).error,
    ).toMatchObject({
      data: { err: { InstructionError: [0, 'InvalidAccountData'] } },
    })
    const signed = await makeTokenTransfer({ ...said, createsAccount: true })
    await send(signed)
    await chain.warp(2)
    expect(await usdcOf(carol)).toBe(3n)
    const rent = 2_039_280n
    expect(await rpc.getMinimumBalanceForRentExemption(165n).send()).toBe(rent)
    expect(await chain.balanceOf(alice.address, 'native')).toBe(100_000_000n - rent - 5_000n)
    const config = { commitment: 'confirmed', encoding: 'json', maxSupportedTransactionVersion: 0 } as const
    const meta = (await rpc.getTransaction(signature(signed.signature), config).send())?.meta
    expect(meta?.preTokenBalances?.map((entry) => entry.owner)).toEqual([alice.address])
    expect(new Set(meta?.postTokenBalances?.map((entry) => entry.owner))).toEqual(
      new Set([alice.address, carol.address]),
    )
    expect(meta?.innerInstructions?.[0]?.instructions.length).toBeGreaterThan(0)
  })

  it('is refused when a signature is wrong', async () => {
    const { bob, transfer, usdcOf, rawCall } = fixture
    const bytes = Buffer.from((await transfer(1n)).wire, 'base64')
    bytes[10] = (bytes[10] ?? 0) ^ 1
    const { error } = await rawCall('sendTransaction', [bytes.toString('base64'), { encoding: 'base64' }])
    expect(error).toEqual({ code: -32003, message: 'Transaction signature verification failure' })
    await rawCall('sendTransaction', [bytes.toString('base64'), { encoding: 'base64', skipPreflight: true }])
    expect(await usdcOf(bob)).toBe(0n)
  })
})
