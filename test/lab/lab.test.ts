// @vitest-environment node
import { decodePaymentResponseHeader } from '@x402/core/http'
import type { Network } from '@x402/core/types'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addresses } from './chains/addresses.ts'
import { SOLANA_NETWORK, SOLANA_USDC } from './chains/solana-chain.ts'
import { anyPorts } from './fault-bench.ts'
import { priceOf } from './gateways/jumpgate/quote.ts'
import { stockPrice } from './gateways/stock-seller.ts'
import { type Lab, startLab } from './lab.ts'
import {
  askQuote,
  createStockClient,
  jumpgateBody,
  paymentHeader,
  postJson,
  readEvents,
  readOffer,
  textOf,
} from './stock-client.ts'

let lab: Lab

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
  await postJson(`${lab.info.urls.control}/rate`, { gateway: 'jumpgate', tokensPerSecond: 0 })
  await postJson(`${lab.info.urls.control}/rate`, { gateway: 'seller', tokensPerSecond: 0 })
}, 90_000)

afterAll(() => lab?.stop())

const usdcOn: Record<string, string> = {
  'eip155:8453': addresses.baseUsdc,
  'eip155:84532': addresses.sepoliaUsdc,
  [SOLANA_NETWORK]: SOLANA_USDC,
}

/** Both balances of a payment's two sides, on the chain. */
async function balances(network: string, gateway: string) {
  const { accounts, payees } = lab.info
  const asset = usdcOn[network] ?? ''
  const payer = network === SOLANA_NETWORK ? accounts.solana.address : accounts.evm.address
  const payee = payees[gateway]?.[network] ?? ''
  const chain = lab.chain(network)
  return { payer: await chain.balanceOf(payer, asset), payee: await chain.balanceOf(payee, asset) }
}

/** What a call moved: out of the payer's account, and into the payee's. */
async function moved(network: string, gateway: string, call: () => Promise<void>) {
  const before = await balances(network, gateway)
  await call()
  const after = await balances(network, gateway)
  return { out: before.payer - after.payer, in: after.payee - before.payee }
}

function requireReceipt(response: Response) {
  const header = response.headers.get('payment-response')
  if (header === null) throw new Error('no PAYMENT-RESPONSE')
  return decodePaymentResponseHeader(header)
}

describe('the stock client', { timeout: 60_000 }, () => {
  it.each(['eip155:8453', SOLANA_NETWORK] as Network[])('pays JumpGate on %s', async (network) => {
    const client = await createStockClient(lab.info, network)
    const { jumpgate } = lab.info.urls
    const body = jumpgateBody('Explain verifiable inference in one paragraph.', {
      max_completion_tokens: 1000,
    })
    const quote = await askQuote(jumpgate, body)
    const flow = await moved(network, 'jumpgate', async () => {
      const response = await client.fetch(`${jumpgate}/paid/chat/v2`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...quote.headers },
        body: JSON.stringify(body),
      })
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toBe('text/event-stream')
      expect(requireReceipt(response)).toMatchObject({ success: true, network })
      const events = await readEvents(response)
      expect(textOf(events)).toContain('verifiable inference')
      expect(events.slice(-3)).toEqual(['{"Verification":{"verified":true}}', '"Done"', '[DONE]'])
    })
    expect(flow).toEqual({ out: 4424n, in: 4424n })
  })

  it.each(['eip155:8453', 'eip155:84532', SOLANA_NETWORK] as Network[])(
    'pays the seller on %s, streamed',
    async (network) => {
      const client = await createStockClient(lab.info, network)
      const body = {
        model: 'lab/writer',
        messages: [{ role: 'user', content: 'Hi' }],
        max_tokens: 50,
        stream: true,
      }
      const url = `${lab.info.urls.seller}/v1/chat/completions`
      const offer = readOffer(await postJson(url, body))
      const amount = BigInt(offer.accepts.find((entry) => entry.network === network)?.amount ?? 0)
      const flow = await moved(network, 'seller', async () => {
        const response = await client.fetch(url, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        })
        expect(response.status).toBe(200)
        const events = await readEvents(response)
        expect(textOf(events)).not.toBe('')
        expect(events.at(-1)).toBe('[DONE]')
      })
      expect(amount).toBeGreaterThan(0n)
      expect(flow).toEqual({ out: amount, in: amount })
    },
  )

  it('gets a whole completion from the seller when it does not ask for a stream', async () => {
    const client = await createStockClient(lab.info, 'eip155:84532')
    const response = await client.fetch(`${lab.info.urls.seller}/only/eip155:84532/v1/chat/completions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ model: 'lab/writer', messages: [{ role: 'user', content: 'echo: so be it' }] }),
    })
    const answer = (await response.json()) as { object: string; choices: { message: { content: string } }[] }
    expect(answer.object).toBe('chat.completion')
    expect(answer.choices[0]?.message.content).toBe('so be it')
  })

  it.each(['eip155:8453', SOLANA_NETWORK] as Network[])(
    'pays the stock middleware on %s',
    async (network) => {
      const client = await createStockClient(lab.info, network)
      const flow = await moved(network, 'stockSeller', async () => {
        const response = await client.fetch(`${lab.info.urls.stockSeller}/v1/chat/completions`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ model: 'stock', messages: [{ role: 'user', content: 'Hi' }] }),
        })
        expect(response.status).toBe(200)
        expect(await response.json()).toMatchObject({ object: 'chat.completion' })
      })
      expect(flow).toEqual({ out: stockPrice, in: stockPrice })
    },
  )
})

describe('JumpGate', { timeout: 60_000 }, () => {
  it('prices by the known quotes', () => {
    expect([priceOf(17, 1000), priceOf(11, 200)]).toEqual([4424n, 896n])
  })

  it("answers the documentation's quote request as the documentation has it", async () => {
    const body = jumpgateBody('Explain verifiable inference in one paragraph.', {
      max_completion_tokens: 1000,
    })
    expect(await askQuote(lab.info.urls.jumpgate, body)).toEqual({
      headers: {
        'x402-input-tokens': '17',
        'x402-max-completion-tokens': '1000',
        'x402-model-tier': 'standard',
        'x402-max-tool-calls': '0',
      },
      input_tokens: 17,
      output_tokens: 1000,
      model_tier: 'standard',
      max_tool_calls: 0,
      amount_micro_usdc: 4424,
      amount_usdc: 0.004424,
      max_amount_micro_usdc: 4474,
      max_amount_usdc: 0.004474,
    })
  })

  it('bids nothing for a request that does not say it is paid', async () => {
    const quote = await askQuote(lab.info.urls.jumpgate, jumpgateBody('Hi', { is_paid: undefined }))
    expect(quote).toMatchObject({ amount_micro_usdc: 0, max_amount_micro_usdc: 0 })
  })

  it.each([
    ['x402-input-tokens', undefined],
    ['x402-input-tokens', '3'],
    ['x402-max-completion-tokens', '1'],
    ['x402-model-tier', 'free'],
    ['x402-max-tool-calls', undefined],
  ])('refuses %s: %s with 400', async (name, value) => {
    const { jumpgate } = lab.info.urls
    const body = jumpgateBody('Hello')
    const { [name]: _, ...others } = (await askQuote(jumpgate, body)).headers
    const headers = value === undefined ? others : { ...others, [name]: value }
    const response = await postJson(`${jumpgate}/paid/chat/v2`, body, headers)
    expect([response.status, await response.text()]).toEqual([400, `Invalid header: ${name}`])
  })

  it("refuses another body's quote with 400", async () => {
    const { jumpgate } = lab.info.urls
    const { headers } = await askQuote(jumpgate, jumpgateBody('Short'))
    const response = await postJson(
      `${jumpgate}/paid/chat/v2`,
      jumpgateBody('A much longer question'),
      headers,
    )
    expect(response.status).toBe(400)
  })

  it('asks with an empty body and both networks, Solana first', async () => {
    const { jumpgate } = lab.info.urls
    const body = jumpgateBody('Hello')
    const quote = await askQuote(jumpgate, body)
    const response = await postJson(`${jumpgate}/paid/chat/v2`, body, quote.headers)
    const offer = readOffer(response)
    const amount = String(quote.amount_micro_usdc)
    expect(await response.text()).toBe('')
    expect(offer).toEqual({
      x402Version: 2,
      error: 'Payment-Signature header is required',
      resource: { url: `${jumpgate}/paid/chat/v2` },
      accepts: [
        {
          scheme: 'exact',
          network: SOLANA_NETWORK,
          amount,
          payTo: 'AYYo37bgztqAgP6wp2S9SiYWcijr8gz2o14c8RGWojJZ',
          maxTimeoutSeconds: 300,
          asset: SOLANA_USDC,
          extra: { feePayer: expect.any(String) },
        },
        {
          scheme: 'exact',
          network: 'eip155:8453',
          amount,
          payTo: '0x6992c688c56BE442EfE1E1cE7D5c95212ED7d59B',
          maxTimeoutSeconds: 300,
          asset: addresses.baseUsdc,
          extra: { assetTransferMethod: 'eip3009', name: 'USD Coin', version: '2' },
        },
      ],
    })
  })

  it('settles one authorization once, however often it comes', async () => {
    const { jumpgate } = lab.info.urls
    const client = await createStockClient(lab.info, 'eip155:8453')
    const body = jumpgateBody('Only once')
    const quote = await askQuote(jumpgate, body)
    const send = (headers = {}) =>
      postJson(`${jumpgate}/paid/chat/v2`, body, { ...quote.headers, ...headers })
    const payment = paymentHeader(await client.sign(readOffer(await send())))
    const flow = await moved('eip155:8453', 'jumpgate', async () => {
      const answers = await Promise.all([send(payment), send(payment), send(payment)])
      expect(answers.map((one) => one.status).sort()).toEqual([200, 402, 402])
      expect((await send(payment)).status).toBe(402)
    })
    expect(flow.out).toBe(BigInt(quote.amount_micro_usdc))
  })

  it('settles 200 payments at once', { timeout: 120_000 }, async () => {
    const { jumpgate } = lab.info.urls
    const client = await createStockClient(lab.info, 'eip155:8453')
    const body = jumpgateBody('In a crowd', { max_completion_tokens: 5 })
    const quote = await askQuote(jumpgate, body)
    const offer = readOffer(await postJson(`${jumpgate}/paid/chat/v2`, body, quote.headers))
    const payments = await Promise.all(
      Array.from({ length: 200 }, async () => paymentHeader(await client.sign(offer))),
    )
    const flow = await moved('eip155:8453', 'jumpgate', async () => {
      const answers = await Promise.all(
        payments.map((payment) =>
          postJson(`${jumpgate}/paid/chat/v2`, body, { ...quote.headers, ...payment }),
        ),
      )
      expect(answers.filter((one) => one.status === 200)).toHaveLength(200)
      await Promise.all(answers.map((one) => one.text()))
    })
    const total = 200n * BigInt(quote.amount_micro_usdc)
    expect(flow).toEqual({ out: total, in: total })
  })
})

describe('the seller', () => {
  it('speaks version 1 under its own path', async () => {
    const body = { model: 'lab/writer', messages: [{ role: 'user', content: 'Hi' }] }
    const response = await postJson(`${lab.info.urls.seller}/x402-v1/v1/chat/completions`, body)
    expect(response.status).toBe(402)
    expect(response.headers.get('payment-required')).toBeNull()
    expect(await response.json()).toMatchObject({
      x402Version: 1,
      accepts: [{ scheme: 'exact', network: 'base', maxAmountRequired: expect.stringMatching(/^\d+$/) }],
    })
  })
})
