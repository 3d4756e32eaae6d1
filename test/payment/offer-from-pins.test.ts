import { decodePaymentSignatureHeader } from '@x402/core/http'
import { describe, expect, it } from 'vitest'
import { toAtomic } from '../../src/domain/amount.ts'
import { BASE, SOLANA } from '../../src/domain/network.ts'
import { offerFromPins, pinOffer } from '../../src/payment/offer-from-pins.ts'
import { signExactEvm } from '../../src/payment/sign-exact-evm.ts'
import { account, ambient, makeOrder, offerOn, opengradient, parse } from './orders.ts'

const set = parse(ambient.required)
const facts = { gatewayId: 'jumpgate', resource: set.resource, approvedAtMs: 1 }
const pin = pinOffer(offerOn(set, BASE), facts)
const nonce = ambient.payload.payload.authorization.nonce

describe('offerFromPins', () => {
  it('gives the offer that the server would make, so that the payload equals the one after its 402', async () => {
    const offer = offerFromPins(pin, toAtomic(4424n))
    if (!offer) throw new Error('no offer')
    expect(offer).toEqual(offerOn(set, BASE))
    const order = { nonce, resource: set.resource, nowMs: 1_795_216_553_000 }
    const pinned = decodePaymentSignatureHeader(
      (await signExactEvm(makeOrder(offer, order), account)).payload,
    )
    const asked = decodePaymentSignatureHeader(
      (await signExactEvm(makeOrder(offerOn(set, BASE), order), account)).payload,
    )
    expect(pinned).toEqual(asked)
  })

  it('takes the fresh quote’s amount', () => {
    const offer = offerFromPins(pin, toAtomic(9n))
    expect(offer?.amount).toBe(9n)
    expect(offer?.accepted.amount).toBe('9')
  })

  it('survives JSON, as the ledger keeps it', () => {
    expect(offerFromPins(JSON.parse(JSON.stringify(pin)), toAtomic(4424n))).toEqual(offerOn(set, BASE))
  })

  it('gives nothing for Solana and upto, whose parties may change', () => {
    expect(offerFromPins(pinOffer(offerOn(set, SOLANA), facts), toAtomic(1n))).toBeNull()
    expect(
      offerFromPins(pinOffer(offerOn(parse(opengradient.required), BASE), facts), toAtomic(1n)),
    ).toBeNull()
  })

  it.each([
    ['payee', { payTo: '0x0000000000000000000000000000000000000000' }],
    ['payee', { payTo: 'nobody' }],
    ['asset', { asset: '0x0000000000000000000000000000000000000001' }],
    ['window', { maxTimeoutSeconds: 0 }],
    ['domain', { extraJson: '{"name":"USDC","version":"2"}' }],
    ['extra', { extraJson: 'broken' }],
    ['extra', { extraJson: '[]' }],
  ])('gives nothing for a pin whose %s does not hold', (_, change) => {
    expect(offerFromPins({ ...pin, ...change }, toAtomic(4424n))).toBeNull()
  })

  it('gives nothing for an amount of zero', () => {
    expect(offerFromPins(pin, toAtomic(0n))).toBeNull()
  })
})
