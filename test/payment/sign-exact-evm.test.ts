import { decodePaymentSignatureHeader, encodePaymentSignatureHeader } from '@x402/core/http'
import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE } from '../../src/domain/network.ts'
import type { TypedDataSigner } from '../../src/payment/payment.ts'
import { signExactEvm } from '../../src/payment/sign-exact-evm.ts'
import { account, ambient, makeOrder, offerOn, parse, STRANGER } from './orders.ts'

const set = parse(ambient.required)
const offer = offerOn(set, BASE)
const vector = ambient.payload.payload.authorization
const order = makeOrder(offer, {
  resource: set.resource,
  nonce: vector.nonce,
  nowMs: (Number(vector.validBefore) - 300) * 1000,
})

describe('signExactEvm', () => {
  it("gives the official client's bytes for JumpGate's 402", async () => {
    const attempt = await signExactEvm(order, account)
    expect(attempt.payload).toBe(ambient.retryHeaders['payment-signature'])
    expect(attempt.signature).toBe(ambient.payload.payload.signature)
    expect(attempt).toMatchObject({
      amount: 4424n,
      payTo: vector.to,
      validBefore: Number(vector.validBefore),
    })
  })

  it("is read by the official client's codec, and encoded as by it", async () => {
    const { payload } = await signExactEvm(order, account)
    expect(decodePaymentSignatureHeader(payload)).toEqual(ambient.payload)
    expect(encodePaymentSignatureHeader(decodePaymentSignatureHeader(payload))).toBe(payload)
  })

  it.each([
    [1, 1],
    [60, 60],
    [300, 300],
    [301, 300],
    [86_400, 300],
    [Number.MAX_SAFE_INTEGER, 300],
  ])('signs a window of min(server, 300 s) when the server says %d', async (server, window) => {
    const wide = offerOn(
      parse({ x402Version: 2, accepts: [{ ...ambient.required.accepts[1], maxTimeoutSeconds: server }] }),
      BASE,
    )
    const attempt = await signExactEvm(makeOrder(wide, { nowMs: 1_795_000_000_999 }), account)
    expect(attempt.validBefore).toBe(1_795_000_000 + window)
  })

  it.each([
    ['another account', { account: STRANGER }],
    ['no nonce', { nonce: null }],
    ['a decimal nonce', { nonce: '7' }],
    ['a short nonce', { nonce: '0x07' }],
    ['an amount that the requirement does not name', { offer: { ...offer, amount: toAtomic(4425n) } }],
    ['a payee that the requirement does not name', { offer: { ...offer, payTo: STRANGER } }],
    [
      'an asset that is not of the table',
      { offer: { ...offer, asset: { ...offer.asset, eip712: { name: 'USD Coin', version: '1' } } } },
    ],
    [
      "another currency's name on the asset",
      { offer: { ...offer, asset: { ...offer.asset, currency: 'tUSDC' as const } } },
    ],
    ['another window than the requirement', { offer: { ...offer, maxTimeoutSeconds: 299 } }],
    ['another scheme', { offer: { ...offer, scheme: 'upto' as const } }],
    ['an approve transaction', { approveTransaction: '0x02' as const }],
    ['a clock that is no number', { nowMs: Number.NaN }],
  ])('refuses an order with %s before anything is signed', async (_, difference) => {
    const signer = countingSigner()
    await expect(signExactEvm({ ...order, ...difference }, signer)).rejects.toMatchObject({
      reason: 'offer-unsafe',
    })
    expect(signer.signatures).toBe(0)
  })

  it('destroys a signature over something else', async () => {
    const lying: TypedDataSigner = {
      address: account.address,
      signTypedData: (data) =>
        account.signTypedData({ ...data, message: { ...data.message, value: 1n } } as typeof data),
      signTransaction: account.signTransaction,
    }
    await expect(signExactEvm(order, lying)).rejects.toMatchObject({ reason: 'signature-mismatch' })
  })

  it.each(['0x', '0x00', `0x${'00'.repeat(65)}`, `0x${'ff'.repeat(65)}`, `0x${'11'.repeat(64)}`] as const)(
    'destroys a signature that is none: %s',
    async (signature) => {
      const broken: TypedDataSigner = {
        address: account.address,
        signTypedData: async () => signature,
        signTransaction: account.signTransaction,
      }
      await expect(signExactEvm(order, broken)).rejects.toMatchObject({ reason: 'signature-mismatch' })
    },
  )

  it('keeps unknown keys of the requirement, so that the server finds its own offer in `accepted`', async () => {
    const odd = { ...ambient.required.accepts[1], later: { x: [1, 'two', null] } }
    const attempt = await signExactEvm(
      makeOrder(offerOn(parse({ x402Version: 2, accepts: [odd] }), BASE)),
      account,
    )
    expect(decodePaymentSignatureHeader(attempt.payload).accepted).toEqual(odd)
  })
})

function countingSigner() {
  return {
    address: account.address,
    signatures: 0,
    signTypedData(data: Parameters<TypedDataSigner['signTypedData']>[0]) {
      this.signatures += 1
      return account.signTypedData(data)
    },
    signTransaction: account.signTransaction,
  }
}
