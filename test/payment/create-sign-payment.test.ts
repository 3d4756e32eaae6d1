import { describe, expect, it } from 'vitest'
import { BASE, SOLANA } from '../../src/domain/network.ts'
import { createSignPayment } from '../../src/payment/create-sign-payment.ts'
import { account, ambient, makeOrder, offerOn, opengradient, parse } from './orders.ts'

const unexpected = () => {
  throw new Error('Solana was asked')
}

describe('createSignPayment', () => {
  const sign = createSignPayment(unexpected)
  it('signs exact and upto on EVM without Solana’s part', async () => {
    const exact = await sign(makeOrder(offerOn(parse(ambient.required), BASE)), {
      evm: account,
      solana: null,
    })
    expect(exact.amount).toBe(4424n)
    const order = makeOrder(offerOn(parse(opengradient.required), BASE), { nonce: '1' })
    expect((await sign(order, { evm: account, solana: null })).amount).toBe(5_000_000_000_000_000_000n)
  })
  it('says wallet-missing where the network has no account', async () => {
    const missing = { reason: 'wallet-missing' }
    const none = { evm: null, solana: null }
    await expect(sign(makeOrder(offerOn(parse(ambient.required), BASE)), none)).rejects.toMatchObject(missing)
    await expect(sign(makeOrder(offerOn(parse(ambient.required), SOLANA)), none)).rejects.toMatchObject(
      missing,
    )
  })
})
