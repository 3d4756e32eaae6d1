import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { encode, type Overrides, readRequired, signOffer } from './minimal-client.ts'
import type { OpenGradientGateway } from './opengradient-gateway.ts'
import { type Bench, bodyFor, pay, post, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 60_000)
afterAll(() => bench?.stop())
afterEach(() => bench.faults.clear())

const names = ['newer', 'documented'] as const
const stranger = '0x2222222222222222222222222222222222222222'

const now = Math.floor(Date.now() / 1000)

describe.each(names)('the gates of the %s deployment', (name) => {
  let gateway: OpenGradientGateway
  beforeAll(() => {
    gateway = bench.og[name]
  })

  it('answers 401 without a bearer, paid or not', async () => {
    const response = await post(gateway, bodyFor(gateway), { authorization: '' })
    expect(response.status).toBe(401)
    expect(response.headers.get('payment-required')).toBeNull()
  })

  it('asks for payment with an empty object and one upto entry', async () => {
    const response = await post(gateway, bodyFor(gateway))
    expect(response.status).toBe(402)
    expect(await response.json()).toEqual({})
    const required = readRequired(response)
    const { deployment } = gateway
    expect(required).toMatchObject({ x402Version: 2, error: 'Payment required' })
    expect(required.resource.url).toBe(`${gateway.url}/v1/chat/completions`)
    expect(required.accepts).toHaveLength(1)
    const [{ extra, ...offer }] = required.accepts
    expect(offer).toEqual({
      scheme: 'upto',
      network: name === 'newer' ? 'eip155:8453' : 'eip155:84532',
      asset:
        name === 'newer'
          ? '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'
          : '0x240b09731D96979f50B2C649C9CE10FcF9C7987F',
      amount: deployment.cap.toString(),
      payTo: deployment.payTo,
      maxTimeoutSeconds: name === 'newer' ? 600 : 300,
    })
    const token = name === 'newer' ? { name: 'OpenGradient', version: '1' } : { name: 'OPG', version: '2' }
    expect(extra).toMatchObject({ ...token, assetTransferMethod: 'permit2' })
    expect('facilitatorAddress' in extra).toBe(name === 'newer')
    expect(required.extensions?.erc20ApprovalGasSponsoring !== undefined).toBe(name === 'newer')
  })

  it('shows a browser a page', async () => {
    const headers = { accept: 'text/html', 'user-agent': 'Mozilla/5.0' }
    const response = await post(gateway, bodyFor(gateway), headers)
    expect(response.status).toBe(402)
    expect(response.headers.get('content-type')).toContain('text/html')
    expect(await response.text()).toContain('<h1>Payment Required</h1>')
  })

  const refusals: [string, Overrides][] = [
    ['invalid_permit2_spender', { spender: stranger }],
    ['invalid_permit2_recipient_mismatch', { witness: { to: stranger } }],
    ['permit2_deadline_expired', { deadline: String(now - 1) }],
    ['permit2_not_yet_valid', { witness: { validAfter: String(now + 3600) } }],
    ['permit2_amount_mismatch', { permitted: { amount: '1' } }],
    ['permit2_token_mismatch', { permitted: { token: stranger } }],
    ['invalid_permit2_signature', { chainId: 1 }],
  ]
  it.each(refusals)('refuses with %s', async (reason, overrides) => {
    const response = await pay(gateway, await bench.makePayer(gateway), { overrides })
    expect(response.status).toBe(402)
    expect(await response.json()).toEqual({})
    expect(readRequired(response).error).toBe(reason)
  })

  it.each([
    ['invalid_upto_evm_scheme', { scheme: 'exact' }],
    ['invalid_upto_evm_network_mismatch', { network: 'eip155:1' }],
    ['No matching payment requirements', { maxTimeoutSeconds: 7 }],
  ])('refuses with %s what was accepted otherwise', async (reason, change) => {
    const payer = await bench.makePayer(gateway)
    const payload = await signOffer(payer, readRequired(await post(gateway, bodyFor(gateway))))
    const header = encode({ ...payload, accepted: { ...payload.accepted, ...change } })
    const response = await post(gateway, bodyFor(gateway), {
      'payment-signature': header,
      'x-payment': header,
    })
    expect(readRequired(response).error).toBe(reason)
  })

  it('refuses with permit2_insufficient_balance below the cap', async () => {
    const response = await pay(gateway, await bench.makePayer(gateway, { opg: '0.01' }))
    expect(readRequired(response).error).toBe('permit2_insufficient_balance')
  })

  it('refuses with permit2_allowance_required below the cap, the newer one as 412', async () => {
    const response = await pay(gateway, await bench.makePayer(gateway, { allowance: '0.01' }))
    expect(response.status).toBe(name === 'newer' ? 412 : 402)
    expect(readRequired(response).error).toBe('permit2_allowance_required')
  })

  it('refuses with permit2_invalid_nonce what was settled before', async () => {
    const payer = await bench.makePayer(gateway)
    expect((await pay(gateway, payer, { overrides: { nonce: '77' } })).status).toBe(200)
    await gateway.settleNow()
    const again = { nonce: '77', deadline: String(now + 200) }
    const response = await pay(gateway, payer, { overrides: again })
    expect(readRequired(response).error).toBe('permit2_invalid_nonce')
  })

  it('counts an unreadable payment as none', async () => {
    const broken = { 'payment-signature': '%%%', 'x-payment': '%%%' }
    expect(readRequired(await post(gateway, bodyFor(gateway), broken)).error).toBe('Payment required')
  })

  it.each([
    ['pricing-unavailable', 503, { error: expect.stringMatching(/^Pricing unavailable: /) }],
    ['model-unsupported', 400, { error: expect.stringMatching(/^Model '.*' is not supported$/) }],
    ['status-415', 415, { error: 'Unsupported Media Type' }],
    ['status-500', 500, { error: expect.any(String) }],
  ] as const)('charges nothing for %s', async (fault, status, error) => {
    const payer = await bench.makePayer(gateway)
    bench.faults.add({ gateway: gateway.deployment.name, fault })
    const response = await pay(gateway, payer)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject(error)
    await gateway.settleNow()
    expect(await bench.opgOf(gateway, payer.address)).toBe(10n ** 18n)
  })

  it('knows its own model ids only', async () => {
    const model = name === 'newer' ? 'openai/gpt-4o' : 'gpt-4o'
    const response = await pay(gateway, await bench.makePayer(gateway), { body: bodyFor(gateway, { model }) })
    expect(response.status).toBe(400)
    expect(await response.json()).toEqual({ error: `Model '${model}' is not supported` })
  })

  it('answers 413 to a body that is too large', async () => {
    const content = 'x'.repeat(5 * 2 ** 20)
    const response = await post(gateway, bodyFor(gateway, { messages: [{ role: 'user', content }] }))
    expect(response.status).toBe(413)
  })
})

describe('the newer deployment alone', () => {
  it('names another facilitator in each 402', async () => {
    const { newer } = bench.og
    const ask = async () =>
      readRequired(await post(newer, bodyFor(newer))).accepts[0].extra.facilitatorAddress
    expect(await ask()).not.toBe(await ask())
  })

  it('refuses with upto_facilitator_mismatch when its 402 named a stranger, and the next one is right', async () => {
    const { newer } = bench.og
    const payer = await bench.makePayer(newer)
    bench.faults.add({ gateway: 'opengradient', fault: 'wrong-facilitator' })
    const refused = await pay(newer, payer)
    expect(readRequired(refused).error).toBe('upto_facilitator_mismatch')
    const payment = encode(await signOffer(payer, readRequired(refused)))
    expect((await post(newer, bodyFor(newer), { 'payment-signature': payment })).status).toBe(200)
  })

  it('does not read X-PAYMENT', async () => {
    const { newer } = bench.og
    const required = readRequired(await post(newer, bodyFor(newer)))
    const payment = encode(await signOffer(await bench.makePayer(newer), required))
    expect((await post(newer, bodyFor(newer), { 'x-payment': payment })).status).toBe(402)
  })

  it('tells a provider’s failure from its own', async () => {
    const { newer } = bench.og
    bench.faults.add({ gateway: 'opengradient', fault: 'status-500', param: 'provider' })
    const response = await pay(newer, await bench.makePayer(newer))
    expect(response.status).toBe(502)
    expect(await response.json()).toEqual({
      error: 'Overloaded',
      exception_type: 'OverloadedError',
      source: 'provider',
      provider_status: 529,
      retryable: true,
    })
  })
})

describe('the documented deployment alone', () => {
  it.each(['x-payment', 'payment-signature'])('takes a payment in %s', async (header) => {
    const { documented } = bench.og
    const required = readRequired(await post(documented, bodyFor(documented)))
    const payment = encode(await signOffer(await bench.makePayer(documented), required))
    expect((await post(documented, bodyFor(documented), { [header]: payment })).status).toBe(200)
  })

  it('can be made to read X-PAYMENT only', async () => {
    const { documented } = bench.og
    await bench.og.configure({ requireXPaymentOnly: true })
    const required = readRequired(await post(documented, bodyFor(documented)))
    const payment = encode(await signOffer(await bench.makePayer(documented), required))
    const body = bodyFor(documented)
    expect((await post(documented, body, { 'payment-signature': payment })).status).toBe(402)
    expect((await post(documented, body, { 'x-payment': payment })).status).toBe(200)
    await bench.og.configure({ requireXPaymentOnly: false })
  })
})
