// @vitest-environment node
import { decodePaymentResponseHeader } from '@x402/core/http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { addresses } from './chains/addresses.ts'
import type { GatewayCounters } from './counters.ts'
import { type FaultBench, startFaultBench } from './fault-bench.ts'
import { malformedKinds } from './gateways/malformed-offers.ts'
import { strangers } from './gateways/payees.ts'
import { askQuote, jumpgateBody, paymentHeader, postJson, readEvents, readOffer } from './stock-client.ts'

const base = 'eip155:8453'

let bench: FaultBench

beforeAll(async () => {
  bench = await startFaultBench()
}, 90_000)

afterEach(() => bench?.control('DELETE', '/faults'))
afterAll(() => bench?.lab.stop())

const slow = { timeout: 60_000 }

describe('before the answer', slow, () => {
  it.each([
    ['status-429', 429],
    ['status-500', 500],
    ['status-503', 503],
    ['html-502', 502],
  ])('%s answers so, once, and at the stage that is asked for', async (name, status) => {
    const ready = await bench.prepare()
    await bench.fault(name, { stage: 'paid' })
    await expect(bench.prepare()).resolves.toBeDefined()
    expect(
      await bench.earned(async () => expect((await ready.send(ready.payment)).status).toBe(status)),
    ).toBe(0n)
    expect((await ready.send(ready.payment)).status).toBe(200)
  })

  it('takes a fault from the request header', async () => {
    const ready = await bench.prepare()
    const response = await ready.send({ ...ready.payment, 'x-lab-fault': 'html-502' })
    expect([response.status, response.headers.get('content-type')]).toEqual([502, 'text/html'])
    expect(await response.text()).toContain('<h1>502 Bad Gateway</h1>')
  })

  it.each([
    ['status-500:paid', 200, 500],
    ['status-500:quote', 500, 200],
    ['price-change:quote:5000', 200, 200],
  ])('by header, %s strikes at its stage alone', async (header, quoteStatus, paidStatus) => {
    const headers = { 'x-lab-fault': header }
    const quoted = await fetch(`${bench.lab.info.urls.jumpgate}/paid/chat/v2/quote`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(jumpgateBody('Stages')),
    })
    expect(quoted.status).toBe(quoteStatus)
    await quoted.body?.cancel()
    const ready = await bench.prepare()
    const paid = await ready.send({ ...ready.payment, ...headers })
    expect(paid.status).toBe(paidStatus)
    await paid.body?.cancel()
  })

  it('by header, takes named parameters beside the stage', async () => {
    const ready = await bench.prepare()
    const header = { 'x-lab-fault': 'mid-stream-error:paid:form=text:done=true:after=2' }
    const events = await readEvents(await ready.send({ ...ready.payment, ...header }))
    expect(events.slice(-2)).toEqual(['{"error":"The auction was lost."}', '[DONE]'])
  })

  it('slow holds each answer back', async () => {
    await bench.fault('slow', { ms: 300 })
    const start = performance.now()
    await askQuote(bench.lab.info.urls.jumpgate, jumpgateBody('Wait'))
    expect(performance.now() - start).toBeGreaterThan(290)
  })

  it('price-change asks another price than the quote, and keeps to it', async () => {
    await bench.fault('price-change', { amount: '+20' })
    const ready = await bench.prepare()
    const flow = await bench.earned(async () => expect((await ready.send(ready.payment)).status).toBe(200))
    expect(flow).toBe(ready.price + 20n)
  })

  it('wrong-pay-to sends the money to a stranger', async () => {
    await bench.fault('wrong-pay-to')
    const ready = await bench.prepare()
    expect(await bench.earned(async () => expect((await ready.send(ready.payment)).status).toBe(200))).toBe(
      0n,
    )
    expect(await bench.lab.chain(base).balanceOf(strangers[base], addresses.baseUsdc)).toBeGreaterThan(0n)
  })

  it('stale refuses a payment built on the old terms, and takes the one built on the new', async () => {
    const ready = await bench.prepare()
    await bench.fault('stale', { maxTimeoutSeconds: 200 })
    const refused = await ready.send(ready.payment)
    const offer = readOffer(refused)
    expect(offer.accepts.map((entry) => entry.maxTimeoutSeconds)).toEqual([200, 200])
    const again = paymentHeader(await bench.client.sign(offer))
    expect(await bench.earned(async () => expect((await ready.send(again)).status).toBe(200))).toBe(
      ready.price,
    )
  })

  it('empty-402 names no price', async () => {
    const ready = await bench.prepare()
    await bench.fault('empty-402')
    const response = await ready.send()
    expect([response.status, response.headers.get('payment-required')]).toEqual([402, null])
  })

  it.each(malformedKinds.filter((kind) => kind !== 'large'))(
    'malformed-402 %s differs from the honest offer',
    async (kind) => {
      const ready = await bench.prepare()
      const honest = (await ready.send()).headers.get('payment-required')
      await bench.fault('malformed-402', { kind })
      const response = await ready.send()
      expect(response.status).toBe(402)
      expect(response.headers.get('payment-required')).not.toBe(honest)
    },
  )

  it('malformed-402 large sends a header that browsers still take', async () => {
    const ready = await bench.prepare()
    await bench.fault('malformed-402', { kind: 'large' })
    await expect(ready.send()).rejects.toHaveProperty('cause.code', 'UND_ERR_HEADERS_OVERFLOW')
  })
})

describe('around the settlement', slow, () => {
  it('settle-then-drop takes the money and cuts the line', async () => {
    const ready = await bench.prepare()
    await bench.fault('settle-then-drop')
    expect(await bench.earned(() => expect(ready.send(ready.payment)).rejects.toThrow('fetch failed'))).toBe(
      ready.price,
    )
  })

  it('settle-then-500 takes the money and says 500', async () => {
    const ready = await bench.prepare()
    await bench.fault('settle-then-500')
    const flow = await bench.earned(async () => expect((await ready.send(ready.payment)).status).toBe(500))
    expect(flow).toBe(ready.price)
  })

  it.each(['same', 'other-amount', 'other-payee'])(
    'settle-then-402 takes the money and asks again: %s',
    async (kind) => {
      const ready = await bench.prepare()
      const first = readOffer(await ready.send()).accepts[1]
      await bench.fault('settle-then-402', { offer: kind })
      let second = first
      const flow = await bench.earned(async () => {
        second = readOffer(await ready.send(ready.payment)).accepts[1]
      })
      expect(flow).toBe(ready.price)
      expect(second?.amount === first?.amount).toBe(kind !== 'other-amount')
      expect(second?.payTo === first?.payTo).toBe(kind !== 'other-payee')
    },
  )

  it('settle-late answers 500 and settles afterwards', async () => {
    const ready = await bench.prepare()
    await bench.fault('settle-late', { ms: 800 })
    expect(await bench.earned(async () => expect((await ready.send(ready.payment)).status).toBe(500))).toBe(
      0n,
    )
    const before = await bench.paid()
    await expect.poll(bench.paid, { timeout: 10_000 }).toBe(before + ready.price)
  })

  it('settle-last-second waits until the window nearly closes', async () => {
    const ready = await bench.prepare()
    await bench.fault('settle-last-second')
    const before = await bench.paid()
    const response = await ready.send(ready.payment)
    expect([response.status, response.headers.get('payment-response')]).toEqual([200, null])
    await response.text()
    expect(await bench.paid()).toBe(before)
    await bench.control('POST', '/warp', { network: base, seconds: 297 })
    await expect.poll(bench.paid, { timeout: 10_000 }).toBe(before + ready.price)
  })

  it('no-settle answers, says nothing of a payment, and takes none', async () => {
    const ready = await bench.prepare()
    await bench.fault('no-settle')
    const flow = await bench.earned(async () => {
      const response = await ready.send(ready.payment)
      expect([response.status, response.headers.get('payment-response')]).toEqual([200, null])
      expect((await readEvents(response)).at(-1)).toBe('[DONE]')
    })
    expect(flow).toBe(0n)
  })

  it('no-receipt takes the money and says nothing of it', async () => {
    const ready = await bench.prepare()
    await bench.fault('no-receipt')
    const flow = await bench.earned(async () =>
      expect((await ready.send(ready.payment)).headers.get('payment-response')).toBeNull(),
    )
    expect(flow).toBe(ready.price)
  })

  it.each([
    ['made-up', null],
    ['other-tx', '0x6992c688c56BE442EfE1E1cE7D5c95212ED7d59B'],
    ['other-payee', strangers[base]],
  ])('fake-receipt %s claims a transaction that is not ours', async (kind, payee) => {
    const ready = await bench.prepare()
    await bench.fault('fake-receipt', { kind })
    const before = await bench.lab
      .chain(base)
      .balanceOf(bench.lab.info.accounts.evm.address, addresses.baseUsdc)
    const response = await ready.send(ready.payment)
    const receipt = decodePaymentResponseHeader(response.headers.get('payment-response') ?? '')
    expect(receipt).toMatchObject({ success: true, payer: bench.lab.info.accounts.evm.address })
    expect(
      await bench.lab.chain(base).balanceOf(bench.lab.info.accounts.evm.address, addresses.baseUsdc),
    ).toBe(before)
    const log = await transferLog(receipt.transaction)
    if (payee === null) expect(log).toBeNull()
    else expect(log?.topics[2]?.slice(26)).toBe(payee.slice(2).toLowerCase())
  })
})

async function transferLog(hash: string): Promise<{ topics: string[] } | null> {
  const response = await postJson(bench.lab.info.rpc.base, {
    ...{ jsonrpc: '2.0', id: 1, method: 'eth_getTransactionReceipt', params: [hash] },
  })
  const { result } = (await response.json()) as { result: { logs: { topics: string[] }[] } | null }
  return result?.logs[0] ?? null
}

describe('the counters', slow, () => {
  it('count quotes, unpaid 402s, paid requests and settlements as the server saw them', async () => {
    await bench.control('DELETE', '/counters')
    const ready = await bench.prepare()
    await (await ready.send(ready.payment)).text()
    const { jumpgate } = await bench.control<{ jumpgate: GatewayCounters }>('GET', '/counters')
    expect(jumpgate).toMatchObject({ quote: 1, unpaid402: 1, paid: 1, settled: 1 })
    expect(jumpgate.requests.map((one) => [one.path, one.hasPayment, one.status])).toEqual([
      ['/paid/chat/v2/quote', false, 200],
      ['/paid/chat/v2', false, 402],
      ['/paid/chat/v2', true, 200],
    ])
    expect(jumpgate.requests[2]).toMatchObject({
      payer: bench.lab.info.accounts.evm.address,
      nonce: expect.stringMatching(/^0x[0-9a-f]{64}$/),
    })
  })
})
