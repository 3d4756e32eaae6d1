import { generateKeyPairSigner } from '@solana/kit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOLANA_USDC, type SolanaChain, startSolanaChain } from '../solana-chain.ts'
import { createStrangerPayer } from './stranger-payer.ts'

let chain: SolanaChain

beforeEach(async () => {
  chain = await startSolanaChain()
})

afterEach(() => chain.stop())

describe('a stranger', () => {
  it('pays the same amount to the same payee as often as asked, each time by another transaction', async () => {
    const payee = (await generateKeyPairSigner()).address
    await chain.fund(payee, SOLANA_USDC, 0n)
    const stranger = await createStrangerPayer(chain)
    const payment = { payTo: payee, mint: SOLANA_USDC, amount: 896n }
    const ids = [await stranger.pay(payment), await stranger.pay(payment)]
    expect(new Set(ids).size).toBe(2)
    expect(await chain.balanceOf(payee, SOLANA_USDC)).toBe(1_792n)
    expect(await chain.balanceOf(stranger.address, SOLANA_USDC)).toBe(0n)
  })
})
