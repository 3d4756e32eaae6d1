import { describe, expect, it } from 'vitest'
import { createGatewayBook } from '../../src/background/create-gateway-book.ts'
import { NO_GATEWAYS } from '../../src/background/stored-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import type { WireRequest } from '../../src/gateways/gateway.ts'
import { readSmallBody } from '../../src/inference/wire.ts'
import { parsePaymentRequired } from '../../src/payment/parse-payment-required.ts'
import file from '../vectors/x402_vectors.json' with { type: 'json' }

const PARAMS = {
  ...{ kind: 'openai-compatible' as const, baseUrl: 'https://seller.example/v1/' },
  ...{ model: 'llama-4', extraHeaders: { 'x-request-id': '7' } },
}

function probe(response: Response, params: Partial<typeof PARAMS> = {}) {
  const sent: WireRequest[] = []
  const unexpected = () => Promise.reject(new Error('Nothing is stored or listed here'))
  const book = createGatewayBook({
    store: { get: async () => NO_GATEWAYS, set: unexpected },
    builtIns: [],
    createGateway: (config) => createGateway(config, { ambientCatalogue: 'https://api.example/models' }),
    async send(request) {
      sent.push(request)
      return response
    },
    readCatalogue: unexpected,
    parseOffers: async (answer) =>
      parsePaymentRequired(answer.headers.get('PAYMENT-REQUIRED'), await readSmallBody(answer), {
        ownAddresses: [],
      }),
    allowLoopback: false,
    clock: { nowMs: () => 0 },
    newId: () => 'id',
  })
  return { sent, found: book.probe({ ...PARAMS, ...params }) }
}

const offer = file.ambient.required
const asks = (value: unknown) =>
  new Response('{}', { status: 402, headers: { 'PAYMENT-REQUIRED': btoa(JSON.stringify(value)) } })

describe('looking at the offer of a gateway', () => {
  it('asks for one token, unpaid, and shows the offer', async () => {
    const { sent, found } = probe(asks(offer))
    const view = await found
    expect(view.offers.length).toBeGreaterThan(0)
    expect(sent).toHaveLength(1)
    expect(sent[0]?.url).toBe('https://seller.example/v1/chat/completions')
    expect(JSON.parse(sent[0]?.body ?? '')).toMatchObject({ model: 'llama-4', max_tokens: 1, stream: false })
    expect(sent[0]?.headers).toMatchObject({ 'x-request-id': '7' })
    expect(Object.keys(sent[0]?.headers ?? {}).some((name) => /payment/i.test(name))).toBe(false)
  })

  it.each([200, 404, 500])('tells a service that asks for no payment by its status (%i)', async (status) => {
    await expect(probe(new Response('{}', { status })).found).rejects.toMatchObject({
      reason: 'offer-malformed',
      facts: { status: String(status) },
    })
  })

  // Once: a schema deeper than eight levels, or a long description, made it "cannot be read".
  it('refuses x402 v1 by its version, however deep and long its body is', async () => {
    const deep = JSON.parse(`${'{"a":'.repeat(30)}1${'}'.repeat(30)}`)
    const accepts = [{ scheme: 'exact', network: 'base', outputSchema: deep, description: 'x'.repeat(9_000) }]
    const body = JSON.stringify({ x402Version: 1, accepts, error: 'X-PAYMENT header is required' })
    await expect(probe(new Response(body, { status: 402 })).found).rejects.toMatchObject({
      reason: 'offer-version',
      facts: { version: '1' },
    })
  })

  it('sends nothing to an address that is not safe', async () => {
    for (const baseUrl of [
      'http://seller.example/v1',
      'https://a:b@seller.example',
      'https://localhost/v1',
    ]) {
      const { sent, found } = probe(asks(offer), { baseUrl })
      await expect(found).rejects.toMatchObject({ reason: 'invalid-body' })
      expect(sent).toEqual([])
    }
  })
})
