import {
  address,
  createKeyPairSignerFromPrivateKeyBytes,
  getBase58Encoder,
  getBase64Encoder,
  getTransactionDecoder,
  type KeyPairSigner,
  type TransactionPartialSigner,
} from '@solana/kit'
import { x402Facilitator } from '@x402/core/facilitator'
import { decodePaymentSignatureHeader } from '@x402/core/http'
import type { PaymentPayload } from '@x402/core/types'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { SOLANA } from '../../src/domain/network.ts'
import type { Offer } from '../../src/payment/offer.ts'
import { parsePaymentRequired } from '../../src/payment/parse-payment-required.ts'
import type { SigningOrder } from '../../src/payment/payment.ts'
import { createSolanaPayments, type SolanaPayments } from '../../src/payment/sign-exact-solana.ts'
import { createSvmFacilitator } from '../lab/chains/solana/svm-facilitator.ts'
import { SOLANA_USDC, type SolanaChain, startSolanaChain } from '../lab/chains/solana-chain.ts'
import { header } from './orders.ts'

const PAYEE = 'AYYo37bgztqAgP6wp2S9SiYWcijr8gz2o14c8RGWojJZ'
const PRICE = 896n

let chain: SolanaChain
let facilitator: x402Facilitator
let payer: KeyPairSigner
let feePayer: string
let payments: SolanaPayments

beforeAll(async () => {
  chain = await startSolanaChain()
  const svm = await createSvmFacilitator(chain)
  facilitator = new x402Facilitator().register(svm.network, svm.scheme)
  feePayer = svm.feePayers[0] ?? ''
  payer = await createKeyPairSignerFromPrivateKeyBytes(new Uint8Array(32).fill(7))
  await chain.fund(payer.address, SOLANA_USDC, 25_000_000n)
  await chain.fund(PAYEE, SOLANA_USDC, 0n)
})
afterAll(() => chain.stop())
beforeEach(() => {
  payments = createSolanaPayments()
  chain.resetCounters()
})

function offerWith(extra: Record<string, unknown> = {}): Offer {
  const required = {
    x402Version: 2,
    accepts: [
      {
        scheme: 'exact',
        network: SOLANA,
        amount: PRICE.toString(),
        payTo: PAYEE,
        maxTimeoutSeconds: 300,
        asset: SOLANA_USDC,
        extra: { feePayer, ...extra },
      },
    ],
  }
  const [offer] = parsePaymentRequired(header(required), null, { ownAddresses: [payer.address] }).offers
  if (!offer) throw new Error('no offer')
  return offer
}

async function orderFor(offer: Offer, overrides: Partial<SigningOrder> = {}): Promise<SigningOrder> {
  const { blockhash, lastValidBlockHeight } = await anchor()
  return {
    offer,
    resource: { url: 'https://jumpgate.ambient.xyz/paid/chat/v2' },
    extensions: null,
    nonce: null,
    account: payer.address,
    nowMs: Date.now(),
    solana: { blockhash, lastValidBlockHeight, rpcUrl: chain.rpcUrl },
    approveTransaction: null,
    ...overrides,
  }
}

async function anchor() {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'getLatestBlockhash', params: [] })
  const response = await fetch(chain.rpcUrl, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json' },
  })
  const { result } = await response.json()
  chain.resetCounters()
  return {
    blockhash: String(result.value.blockhash),
    lastValidBlockHeight: BigInt(result.value.lastValidBlockHeight),
  }
}

const read = (payload: string): PaymentPayload => decodePaymentSignatureHeader(payload)

describe('an exact payment on Solana', () => {
  it('is verified and settled by the stock facilitator: exactly the price moves', async () => {
    const attempt = await payments.sign(await orderFor(offerWith()), payer)
    const payload = read(attempt.payload)
    const before = await chain.balanceOf(payer.address, SOLANA_USDC)
    expect(await facilitator.verify(payload, payload.accepted)).toMatchObject({
      isValid: true,
      payer: payer.address,
    })
    expect(await facilitator.settle(payload, payload.accepted)).toMatchObject({ success: true })
    expect(await chain.balanceOf(PAYEE, SOLANA_USDC)).toBe(PRICE)
    expect(await chain.balanceOf(payer.address, SOLANA_USDC)).toBe(before - PRICE)
  })

  it('sends the requirement back as it came, without our blockhash, and tells our own signature and its last height', async () => {
    const offer = offerWith()
    const order = await orderFor(offer)
    const attempt = await payments.sign(order, payer)
    const payload = read(attempt.payload)
    expect(payload.accepted).toEqual(offer.accepted)
    expect(payload.resource).toEqual(order.resource)
    expect(attempt.lastValidBlockHeight).toBe(Number(order.solana?.lastValidBlockHeight))
    expect(attempt.validBefore).toBeNull()
    const wire = getBase64Encoder().encode(String(payload.payload.transaction))
    const { signatures } = getTransactionDecoder().decode(wire)
    expect(getBase58Encoder().encode(attempt.signature)).toEqual(signatures[payer.address])
    expect(signatures[address(feePayer)]).toBeNull()
  })

  it('asks the chain for the mint once, and for nothing after warming', async () => {
    const order = await orderFor(offerWith())
    await payments.warm(order)
    expect(chain.counters()).toEqual({ getAccountInfo: 1 })
    chain.resetCounters()
    await payments.sign(order, payer)
    await payments.sign(order, payer)
    expect(chain.counters()).toEqual({})
  })

  it('never gives two payments of one amount the same bytes', async () => {
    const order = await orderFor(offerWith())
    const [a, b] = [await payments.sign(order, payer), await payments.sign(order, payer)]
    expect(a.signature).not.toBe(b.signature)
  })

  it('carries the seller’s memo where it wants one', async () => {
    const payload = read((await payments.sign(await orderFor(offerWith({ memo: 'order 7' })), payer)).payload)
    expect(await facilitator.verify(payload, payload.accepted)).toMatchObject({ isValid: true })
    expect(Buffer.from(String(payload.payload.transaction), 'base64').includes('order 7')).toBe(true)
  })

  it('ignores a blockhash that the seller would like us to use', async () => {
    const order = await orderFor(
      offerWith({ recentBlockhash: SOLANA_USDC, lastValidBlockHeight: '99999999999' }),
    )
    const attempt = await payments.sign(order, payer)
    const transaction = Buffer.from(String(read(attempt.payload).payload.transaction), 'base64')
    expect(transaction.includes(Buffer.from(getBase58Encoder().encode(order.solana?.blockhash ?? '')))).toBe(
      true,
    )
    expect(attempt.lastValidBlockHeight).toBe(Number(order.solana?.lastValidBlockHeight))
  })

  it('destroys a signature over another message', async () => {
    const other = await payments.sign(await orderFor(offerWith()), payer)
    const signature = getBase58Encoder().encode(other.signature)
    const lying: TransactionPartialSigner = {
      address: payer.address,
      signTransactions: async (transactions) =>
        transactions.map(() => ({ [payer.address]: signature })) as never,
    }
    await expect(payments.sign(await orderFor(offerWith()), lying)).rejects.toMatchObject({
      reason: 'signature-mismatch',
    })
    const silent = { ...lying, signTransactions: async () => [{}] }
    await expect(payments.sign(await orderFor(offerWith()), silent)).rejects.toMatchObject({
      reason: 'signature-mismatch',
    })
  })

  it.each<[string, (order: SigningOrder) => Partial<SigningOrder>]>([
    ['without a blockhash', () => ({ solana: null })],
    ['with a nonce', () => ({ nonce: '0x00' })],
    ['for another account', () => ({ account: PAYEE })],
    [
      'whose amount the requirement does not name',
      ({ offer }) => ({ offer: { ...offer, amount: (offer.amount + 1n) as Offer['amount'] } }),
    ],
    [
      'whose memo is no text',
      ({ offer }) => ({ offer: { ...offer, accepted: { ...offer.accepted, extra: { feePayer, memo: 7 } } } }),
    ],
    [
      'whose memo is too long',
      ({ offer }) => ({
        offer: { ...offer, accepted: { ...offer.accepted, extra: { feePayer, memo: 'm'.repeat(257) } } },
      }),
    ],
  ])('refuses an order %s before anything is signed', async (_, change) => {
    const order = await orderFor(offerWith())
    const unused: TransactionPartialSigner = {
      address: payer.address,
      signTransactions: () => {
        throw new Error('the signer was asked')
      },
    }
    await expect(payments.sign({ ...order, ...change(order) }, unused)).rejects.toMatchObject({
      reason: 'offer-unsafe',
    })
  })

  it('says rpc-failed where the mint cannot be read', async () => {
    const order = await orderFor(offerWith())
    const dead = {
      ...order,
      solana: {
        blockhash: order.solana?.blockhash ?? '',
        lastValidBlockHeight: 1n,
        rpcUrl: 'http://127.0.0.1:9',
      },
    }
    await expect(payments.sign(dead, payer)).rejects.toMatchObject({ reason: 'rpc-failed' })
  })
})
