import { decodePaymentSignatureHeader } from '@x402/core/http'
import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE, BASE_SEPOLIA } from '../../src/domain/network.ts'
import { makeApproveTransaction } from '../../src/payment/approve-transaction.ts'
import { signUptoEvm } from '../../src/payment/sign-upto-evm.ts'
import legacy from '../vectors/legacy_permit2_vector.json' with { type: 'json' }
import { account, makeOrder, offerOn, opengradient, parse, STRANGER } from './orders.ts'

const PERMIT2 = '0x000000000022D473030F116dDEE9F6B43aC78BA3'
const vector = opengradient.payload.payload.permit2Authorization
const set = parse(opengradient.required)
const offer = offerOn(set, BASE)
const order = makeOrder(offer, {
  resource: set.resource,
  nonce: vector.nonce,
  nowMs: (Number(vector.deadline) - 600) * 1000,
})

const documentedRequired = {
  x402Version: 2,
  accepts: [
    {
      scheme: 'upto',
      network: BASE_SEPOLIA,
      asset: legacy.message.permitted.token,
      amount: legacy.message.permitted.amount,
      payTo: legacy.message.witness.to,
      maxTimeoutSeconds: 300,
      extra: { name: 'OPG', version: '2', assetTransferMethod: 'permit2' },
    },
  ],
}
const documented = makeOrder(offerOn(parse(documentedRequired), BASE_SEPOLIA), {
  nonce: legacy.message.nonce,
  nowMs: (Number(legacy.message.deadline) - 300) * 1000,
})

describe('signUptoEvm', () => {
  it("gives the official client's bytes for the newer deployment's 402", async () => {
    const attempt = await signUptoEvm(order, account)
    expect(attempt.payload).toBe(opengradient.retryHeaders['payment-signature'])
    expect(attempt).toMatchObject({
      amount: offer.amount,
      payTo: vector.witness.to,
      validBefore: Number(vector.deadline),
    })
  })

  it("gives the documented deployment's signature and message", async () => {
    const attempt = await signUptoEvm(documented, account)
    expect(attempt.signature).toBe(legacy.signature)
    expect(decodePaymentSignatureHeader(attempt.payload).payload).toEqual({
      signature: legacy.signature,
      permit2Authorization: { from: legacy.signer, ...legacy.message },
    })
  })

  it.each([
    [60, 60],
    [600, 600],
    [601, 600],
    [Number.MAX_SAFE_INTEGER, 600],
  ])('signs a window of min(server, 600 s) when the server says %d', async (server, window) => {
    const [entry] = opengradient.required.accepts
    const wide = offerOn(parse({ x402Version: 2, accepts: [{ ...entry, maxTimeoutSeconds: server }] }), BASE)
    const attempt = await signUptoEvm(makeOrder(wide, { nonce: '1', nowMs: 1_795_000_000_000 }), account)
    expect(attempt.validBefore).toBe(1_795_000_000 + window)
  })

  it.each([
    ['no nonce', { nonce: null }],
    ['a hex nonce', { nonce: `0x${'07'.repeat(32)}` }],
    ['a nonce above uint256', { nonce: (2n ** 256n).toString() }],
    ['another amount than the requirement', { offer: { ...offer, amount: toAtomic(1n) } }],
    ['a facilitator lost on the way', { offer: { ...offer, facilitator: null } }],
    ['no known deployment', { offer: { ...offer, permit2: null } }],
    ['an approve transaction that the gateway does not sponsor', { approveTransaction: '0x02' as const }],
  ])('refuses an order with %s', async (_, difference) => {
    await expect(signUptoEvm({ ...order, ...difference }, account)).rejects.toMatchObject({
      reason: 'offer-unsafe',
    })
  })

  it('binds the facilitator of this offer, whatever it was before', async () => {
    const [entry] = opengradient.required.accepts
    const changed = { ...entry, extra: { ...entry?.extra, facilitatorAddress: STRANGER } }
    const other = offerOn(parse({ x402Version: 2, accepts: [changed] }), BASE)
    const attempt = await signUptoEvm(makeOrder(other, { nonce: '1' }), account)
    expect(decodePaymentSignatureHeader(attempt.payload).payload).toMatchObject({
      permit2Authorization: { witness: { facilitator: STRANGER } },
    })
  })

  describe('with a sponsored approval', () => {
    const declared = {
      erc20ApprovalGasSponsoring: {
        info: { description: 'sponsored', version: '1' },
        schema: { type: 'object' },
      },
    }
    const sponsoredSet = parse({ ...opengradient.required, extensions: declared })
    const sponsored = makeOrder(offerOn(sponsoredSet, BASE), {
      nonce: '1',
      extensions: sponsoredSet.extensions,
    })
    const terms = {
      asset: offer.asset,
      amount: toAtomic(50_000_000_000_000_000_000n),
      nonce: 4,
      maxFeePerGas: 1_000_000_000n,
      maxPriorityFeePerGas: 100_000_000n,
    }

    it("hands over the signed approve in @x402/extensions' form, merged into the server's declaration", async () => {
      const approveTransaction = await makeApproveTransaction(terms, account)
      const attempt = await signUptoEvm({ ...sponsored, approveTransaction }, account)
      const { extensions } = decodePaymentSignatureHeader(attempt.payload)
      expect(extensions).toEqual({
        erc20ApprovalGasSponsoring: {
          info: {
            description: 'sponsored',
            version: '1',
            from: account.address,
            asset: offer.asset.address,
            spender: PERMIT2,
            amount: '50000000000000000000',
            signedTransaction: approveTransaction,
          },
          schema: { type: 'object' },
        },
      })
    })

    it('echoes the declaration alone where nobody agreed to an approval', async () => {
      const attempt = await signUptoEvm(sponsored, account)
      expect(decodePaymentSignatureHeader(attempt.payload).extensions).toEqual(declared)
    })

    it('refuses an approval that would not cover the payment', async () => {
      const small = await makeApproveTransaction({ ...terms, amount: toAtomic(offer.amount - 1n) }, account)
      await expect(signUptoEvm({ ...sponsored, approveTransaction: small }, account)).rejects.toMatchObject({
        reason: 'offer-unsafe',
      })
    })

    it('refuses bytes that are no approval of Permit2 on that chain', async () => {
      const base = {
        type: 'eip1559',
        chainId: 8453,
        nonce: 4,
        gas: 70_000n,
        maxFeePerGas: 1n,
        maxPriorityFeePerGas: 1n,
      } as const
      const to = '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'
      const approve =
        `0x095ea7b3${PERMIT2.slice(2).toLowerCase().padStart(64, '0')}${'f'.repeat(64)}` as const
      const transfer = approve.replace('095ea7b3', 'a9059cbb') as `0x${string}`
      const toStranger = approve.replace(
        PERMIT2.slice(2).toLowerCase(),
        STRANGER.slice(2).toLowerCase(),
      ) as `0x${string}`
      for (const wrong of [
        await account.signTransaction({ ...base, to, data: transfer }),
        await account.signTransaction({ ...base, to, data: toStranger }),
        await account.signTransaction({ ...base, to, data: approve, value: 1n }),
        await account.signTransaction({ ...base, to, data: approve, chainId: 1 }),
        await account.signTransaction({ ...base, to, data: `${approve}00` }),
        '0x02' as const,
      ]) {
        await expect(signUptoEvm({ ...sponsored, approveTransaction: wrong }, account)).rejects.toMatchObject(
          {
            reason: 'signature-mismatch',
          },
        )
      }
      const elsewhere = await account.signTransaction({ ...base, to: STRANGER, data: approve })
      await expect(
        signUptoEvm({ ...sponsored, approveTransaction: elsewhere }, account),
      ).rejects.toMatchObject({
        reason: 'offer-unsafe',
      })
    })

    it('never makes an approval without end, nor for USDC', async () => {
      const endless = { ...terms, amount: toAtomic(2n ** 256n - 1n) }
      await expect(makeApproveTransaction(endless, account)).rejects.toMatchObject({ reason: 'offer-unsafe' })
      const stolen = {
        ...terms,
        asset: { ...terms.asset, address: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913' },
      }
      await expect(makeApproveTransaction(stolen, account)).rejects.toMatchObject({ reason: 'offer-unsafe' })
    })
  })
})
