import { serve } from '@hono/node-server'
import { createSolanaRpc, generateKeyPairSigner, type KeyPairSigner, mainnet } from '@solana/kit'
import { x402Facilitator } from '@x402/core/facilitator'
import { decodePaymentResponseHeader } from '@x402/core/http'
import type { PaymentPayload, PaymentRequirements } from '@x402/core/types'
import { wrapFetchWithPayment, x402Client } from '@x402/fetch'
import { paymentMiddleware, x402ResourceServer } from '@x402/hono'
import { ExactSvmScheme as ExactSvmClient } from '@x402/svm/exact/client'
import { ExactSvmScheme as ExactSvmServer } from '@x402/svm/exact/server'
import { Hono } from 'hono'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SOLANA_NETWORK, SOLANA_USDC, type SolanaChain, startSolanaChain } from '../solana-chain.ts'
import { createSvmFacilitator, type SvmFacilitator } from './svm-facilitator.ts'

/** Payee of Ambient's JumpGate on Solana. */
const PAYEE = 'AYYo37bgztqAgP6wp2S9SiYWcijr8gz2o14c8RGWojJZ'
const PRICE = 896n

let chain: SolanaChain
let svm: SvmFacilitator
let facilitator: x402Facilitator
let payer: KeyPairSigner

beforeEach(async () => {
  chain = await startSolanaChain()
  svm = await createSvmFacilitator(chain)
  facilitator = new x402Facilitator().register(svm.network, svm.scheme)
  payer = await generateKeyPairSigner()
  await chain.fund(payer.address, SOLANA_USDC, 25_000_000n)
  await chain.fund(PAYEE, SOLANA_USDC, 0n)
})

afterEach(() => chain.stop())

const paid = () => chain.balanceOf(PAYEE, SOLANA_USDC)
const left = () => chain.balanceOf(payer.address, SOLANA_USDC)

const client = () => new ExactSvmClient(payer, { rpcUrl: chain.rpcUrl })

function offer(): PaymentRequirements {
  const [kind] = facilitator.getSupported().kinds
  return {
    scheme: 'exact',
    network: SOLANA_NETWORK,
    amount: PRICE.toString(),
    asset: SOLANA_USDC,
    payTo: PAYEE,
    maxTimeoutSeconds: 300,
    extra: { ...kind?.extra },
  }
}

async function pay(requirements: PaymentRequirements): Promise<PaymentPayload> {
  const { payload } = await client().createPaymentPayload(2, requirements)
  return { x402Version: 2, accepted: requirements, payload }
}

describe('a stock client at a stock seller', () => {
  it('pays the price from the chain, without SOL of its own', async () => {
    const seller = await startSeller()
    try {
      const stock = new x402Client().register(SOLANA_NETWORK, client())
      const response = await wrapFetchWithPayment(fetch, stock)(seller.url)
      expect(response.status).toBe(200)
      expect(await response.text()).toBe('an answer')
      const receipt = decodePaymentResponseHeader(response.headers.get('PAYMENT-RESPONSE') ?? '')
      expect(receipt).toMatchObject({ success: true, network: SOLANA_NETWORK, payer: payer.address })
      expect(await paid()).toBe(PRICE)
      expect(await left()).toBe(25_000_000n - PRICE)
      expect(await chain.balanceOf(payer.address, 'native')).toBe(0n)
      const found = await createSolanaRpc(mainnet(chain.rpcUrl)).getSignaturesForAddress(payer.address).send()
      expect(found.map((entry) => entry.signature)).toEqual([receipt.transaction])
    } finally {
      await seller.close()
    }
  })
})

describe('the facilitator', () => {
  it('offers several fee payers, all funded', async () => {
    expect(new Set(svm.feePayers).size).toBe(3)
    for (const feePayer of svm.feePayers)
      expect(await chain.balanceOf(feePayer, 'native')).toBe(10_000_000_000n)
    const offered = new Set(Array.from({ length: 60 }, () => offer().extra.feePayer))
    expect(offered).toEqual(new Set(svm.feePayers))
  })

  it('settles with each of its fee payers, which pays the fee', async () => {
    for (const feePayer of svm.feePayers) {
      const requirements = { ...offer(), extra: { feePayer } }
      const before = await chain.balanceOf(feePayer, 'native')
      expect(await facilitator.settle(await pay(requirements), requirements)).toMatchObject({ success: true })
      expect(await chain.balanceOf(feePayer, 'native')).toBeLessThan(before)
    }
    expect(await paid()).toBe(3n * PRICE)
  })

  it('does not let the same transaction pay twice', async () => {
    const requirements = offer()
    const payload = await pay(requirements)
    expect(await facilitator.settle(payload, requirements)).toMatchObject({ success: true })
    expect(await facilitator.settle(payload, requirements)).toMatchObject({
      success: false,
      errorReason: 'duplicate_settlement',
    })
    expect(await otherFacilitator(payload, requirements)).toMatchObject({
      isValid: false,
      invalidMessage: expect.stringContaining('AlreadyProcessed'),
    })
    expect(await paid()).toBe(PRICE)
  })

  it('refuses a payment whose blockhash has expired', async () => {
    const requirements = offer()
    const payload = await pay(requirements)
    await chain.warp(62)
    expect(await facilitator.verify(payload, requirements)).toMatchObject({
      isValid: false,
      invalidMessage: expect.stringContaining('BlockhashNotFound'),
    })
    expect(await facilitator.settle(payload, requirements)).toMatchObject({ success: false })
    expect(await paid()).toBe(0n)
    expect(await left()).toBe(25_000_000n)
  })

  it('takes a blockhash that was put into the requirement, so that no call lies between approval and sending', async () => {
    const stock = client()
    await stock.createPaymentPayload(2, offer())
    const { value } = await createSolanaRpc(mainnet(chain.rpcUrl)).getLatestBlockhash().send()
    const requirements = offer()
    chain.resetCounters()
    const { blockhash: recentBlockhash, lastValidBlockHeight } = value
    const extra = {
      ...requirements.extra,
      recentBlockhash,
      lastValidBlockHeight: lastValidBlockHeight.toString(),
    }
    const { payload } = await stock.createPaymentPayload(2, { ...requirements, extra })
    expect(chain.counters()).toEqual({})
    const settled = await facilitator.settle(
      { x402Version: 2, accepted: requirements, payload },
      requirements,
    )
    expect(settled).toMatchObject({ success: true })
    expect(await paid()).toBe(PRICE)
  })

  it('settles nothing for a payer who cannot pay any more', async () => {
    const requirements = offer()
    const payload = await pay(requirements)
    await chain.fund(payer.address, SOLANA_USDC, PRICE - 1n)
    expect(await facilitator.settle(payload, requirements)).toMatchObject({ success: false })
    expect(await paid()).toBe(0n)
  })

  it("settles while the clients' endpoint is dead, and is not counted there", async () => {
    const requirements = offer()
    const payload = await pay(requirements)
    chain.resetCounters()
    chain.setMode('dead')
    expect(await facilitator.settle(payload, requirements)).toMatchObject({ success: true })
    expect(chain.counters()).toEqual({})
    expect(await paid()).toBe(PRICE)
  })
})

function supported() {
  const { kinds, extensions, signers } = facilitator.getSupported()
  const network: typeof SOLANA_NETWORK = SOLANA_NETWORK
  return { kinds: kinds.map((kind) => ({ ...kind, network })), extensions, signers }
}

/** What a second facilitator, with no memory of the first one's payments, says of a payload. */
async function otherFacilitator(payload: PaymentPayload, requirements: PaymentRequirements) {
  const other = await createSvmFacilitator(chain)
  return await new x402Facilitator().register(other.network, other.scheme).verify(payload, requirements)
}

async function startSeller(): Promise<{ url: string; close(): Promise<void> }> {
  const resources = new x402ResourceServer({
    verify: (payload, requirements) => facilitator.verify(payload, requirements),
    settle: (payload, requirements) => facilitator.settle(payload, requirements),
    getSupported: () => Promise.resolve(supported()),
  }).register(SOLANA_NETWORK, new ExactSvmServer())
  const price = { amount: PRICE.toString(), asset: SOLANA_USDC }
  const accepts = { scheme: 'exact', network: SOLANA_NETWORK, payTo: PAYEE, price } as const
  const app = new Hono()
  app.use(paymentMiddleware({ 'GET /answer': { accepts } }, resources))
  app.get('/answer', (context) => context.text('an answer'))
  return await new Promise((resolve) => {
    const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
      resolve({
        url: `http://127.0.0.1:${port}/answer`,
        close: () => new Promise((done) => void server.close(() => done())),
      }),
    )
  })
}
