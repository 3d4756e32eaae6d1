import { describe, expect, it } from 'vitest'
import { SETTLEMENT_MODES } from '../../src/domain/budget.ts'
import { BASE, BASE_SEPOLIA, SOLANA } from '../../src/domain/network.ts'
import { parsePaymentRequired } from '../../src/payment/parse-payment-required.ts'
import { permit2Deployment } from '../../src/payment/permit2.ts'
import legacy from '../vectors/legacy_permit2_vector.json' with { type: 'json' }
import vectors from '../vectors/x402_vectors.json' with { type: 'json' }
import { bodyOf, builtIn, makeBody, OPTIONS } from './configs.ts'

const jumpgate = builtIn('jumpgate')
const newerGateway = builtIn('opengradient')
const documentedGateway = builtIn('opengradient-test')

function offersOf(required: unknown) {
  const header = Buffer.from(JSON.stringify(required)).toString('base64')
  return parsePaymentRequired(header, null, { ownAddresses: [] }).offers
}

const jumpgateOffers = offersOf(vectors.ambient.required)
const [newer] = offersOf(vectors.opengradient.required)
const [documented] = offersOf({
  x402Version: 2,
  accepts: [
    {
      scheme: 'upto',
      network: 'eip155:84532',
      asset: '0x240b09731D96979f50B2C649C9CE10FcF9C7987F',
      amount: '50000000000000000',
      payTo: legacy.message.witness.to,
      maxTimeoutSeconds: 300,
      extra: { name: 'OPG', version: '2', assetTransferMethod: 'permit2' },
    },
  ],
})
if (!newer || !documented) throw new Error('no offers')

describe('the JumpGate table', () => {
  const call = jumpgate.prepare(makeBody(), OPTIONS)
  const requests = [
    jumpgate.quoteRequest(call),
    jumpgate.paidRequest(call, null),
    jumpgate.catalogueRequest(),
  ]

  it('paid chat', () => {
    expect(requests[1]).toMatchObject({ method: 'POST', url: 'https://jumpgate.ambient.xyz/paid/chat/v2' })
  })
  it('quote, free', () => {
    expect(requests[0]).toMatchObject({
      method: 'POST',
      url: 'https://jumpgate.ambient.xyz/paid/chat/v2/quote',
    })
  })
  it('legacy v1 is never called, and its offers are refused', () => {
    expect(requests.some((request) => request?.url.endsWith('/paid/chat'))).toBe(false)
    const v1 = JSON.stringify({ x402Version: 1, accepts: [{ maxAmountRequired: '1' }] })
    expect(() => parsePaymentRequired(null, v1, { ownAddresses: [] })).toThrow(
      expect.objectContaining({ reason: 'offer-version' }),
    )
  })
  it('networks and USDC', () => {
    expect(jumpgateOffers.map(({ asset }) => [asset.network, asset.address, asset.currency])).toEqual([
      [SOLANA, 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v', 'USDC'],
      [BASE, '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913', 'USDC'],
    ])
    expect(jumpgate.networks).toEqual([BASE, SOLANA])
  })
  it('models', () => {
    expect(jumpgate.config.models.map(({ id }) => id)).toEqual(['ambient/large', 'ambient/mini'])
    expect(requests[2]?.url).toBe('https://api.ambient.xyz/v1/models')
  })
})

describe('the OpenGradient table', () => {
  it('base URL', () => {
    for (const gateway of [newerGateway, documentedGateway]) {
      expect(gateway.config.baseUrl).toBe('https://llm.opengradient.ai')
    }
  })
  it('network', () => {
    expect([documented.asset.network, newer.asset.network]).toEqual([BASE_SEPOLIA, BASE])
  })
  it('token', () => {
    expect([documented.asset, newer.asset]).toMatchObject([
      { currency: 'tOPG', address: '0x240b09731D96979f50B2C649C9CE10FcF9C7987F' },
      { currency: 'OPG', address: '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB' },
    ])
  })
  it('scheme', () => {
    expect([documented, newer].map(({ scheme, asset }) => [scheme, asset.method])).toEqual([
      ['upto', 'permit2'],
      ['upto', 'permit2'],
    ])
  })
  it('Permit2 spender', () => {
    expect([documented, newer].map((offer) => permit2Deployment(offer).spender)).toEqual([
      '0xBe08D629cc799E6C17200F454F68A61E017038C8',
      '0x4020A4f3b7b90ccA423B9fabCc0CE57C6C240002',
    ])
  })
  it('Permit2 witness', () => {
    const to = '0x40eFb45552EDfB2502D90A657a8ab41F03ec460d'
    expect([documented, newer].map((offer) => permit2Deployment(offer).types.Witness)).toEqual([
      [
        { name: 'to', type: 'address' },
        { name: 'validAfter', type: 'uint256' },
        { name: 'extra', type: 'bytes' },
      ],
      [
        { name: 'to', type: 'address' },
        { name: 'facilitator', type: 'address' },
        { name: 'validAfter', type: 'uint256' },
      ],
    ])
    expect(permit2Deployment(documented).witness(to, 1_790_000_000)).toEqual(legacy.message.witness)
  })
  it('extra in the 402', () => {
    expect([documented.asset.eip712, newer.asset.eip712]).toEqual([
      { name: 'OPG', version: '2' },
      { name: 'OpenGradient', version: '1' },
    ])
    expect([documented.facilitator, newer.facilitator]).toEqual([
      null,
      '0x1111111111111111111111111111111111111111',
    ])
  })
  it('amount, a cap', () => {
    expect([documented.amount, newer.amount]).toEqual([50_000_000_000_000_000n, 5_000_000_000_000_000_000n])
    expect(newerGateway.pricing).toBe('offer-first')
  })
  it('payment header', () => {
    expect(newerGateway.paymentHeaderNames(documented)).toEqual(['X-PAYMENT', 'PAYMENT-SIGNATURE'])
    expect(newerGateway.paymentHeaderNames(newer)).toEqual(['PAYMENT-SIGNATURE'])
  })
  it('model ids', () => {
    const sent = (gateway: typeof newerGateway, model: string) =>
      bodyOf(gateway.paidRequest(gateway.prepare(makeBody({ model }), OPTIONS), null)).model
    expect(sent(documentedGateway, 'gpt-4o')).toBe('openai/gpt-4o')
    expect(sent(newerGateway, 'openai/gpt-5-mini')).toBe('gpt-5-mini')
  })
  it('maxTimeoutSeconds', () => {
    expect([documented.maxTimeoutSeconds, newer.maxTimeoutSeconds]).toEqual([300, 600])
  })
  it('settlement modes: private, individual, batch', () => {
    for (const settlement of SETTLEMENT_MODES) {
      const call = newerGateway.prepare(makeBody({ model: 'gpt-5' }), { ...OPTIONS, settlement })
      expect(newerGateway.paidRequest(call, null).headers['x-settlement-type']).toBe(settlement)
    }
    expect([...SETTLEMENT_MODES].sort()).toEqual(['batch', 'individual', 'private'])
  })
})
