import { privateKeyToAccount } from 'viem/accounts'
import type { Offer, OfferSet } from '../../src/payment/offer.ts'
import { parsePaymentRequired } from '../../src/payment/parse-payment-required.ts'
import type { SigningOrder } from '../../src/payment/payment.ts'
import vectors from '../vectors/x402_vectors.json' with { type: 'json' }

/** The well-known first key of the test phrase; the vectors were signed with it. */
export const TEST_KEY = '0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80'
export const account = privateKeyToAccount(TEST_KEY)
export const STRANGER = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8'
export const { ambient, opengradient } = vectors

/** The header for any object, encoded without our own code. */
export function header(required: unknown): string {
  return Buffer.from(typeof required === 'string' ? required : JSON.stringify(required)).toString('base64')
}

export function parse(required: unknown): OfferSet {
  return parsePaymentRequired(header(required), null, { ownAddresses: [account.address] })
}

export function offerOn(set: OfferSet, network: string): Offer {
  const offer = set.offers.find((candidate) => candidate.asset.network === network)
  if (!offer) throw new Error(`No offer on ${network}`)
  return offer
}

export function makeOrder(offer: Offer, overrides: Partial<SigningOrder> = {}): SigningOrder {
  return {
    offer,
    resource: null,
    extensions: null,
    nonce: `0x${'07'.repeat(32)}`,
    account: account.address,
    nowMs: 1_795_216_553_000,
    solana: null,
    approveTransaction: null,
    ...overrides,
  }
}
