import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { encode, readRequired, signOffer } from './minimal-client.ts'
import type { OpenGradientGateway } from './opengradient-gateway.ts'
import { type Bench, bodyFor, pay, post, startBench } from './test-bench.ts'

let bench: Bench
beforeAll(async () => {
  bench = await startBench()
}, 60_000)
afterAll(() => bench?.stop())
afterEach(async () => {
  bench.faults.clear()
  await bench.og.configure({ idleMs: 60_000, pricePerToken: '0.00001' })
})

const opg = 10n ** 18n
const sessionOf = (response: Response) => response.headers.get('x-upto-session') ?? ''

async function costOf(response: Response): Promise<bigint> {
  const answer: { opengradient: { cost_opg: string } } = JSON.parse(await response.text())
  return BigInt(answer.opengradient.cost_opg)
}

async function expectSessionOver(response: Response) {
  expect(response.status).toBe(402)
  expect(response.headers.get('payment-required')).toBeNull()
  expect(await response.json()).toEqual({ error: 'Session expired or exhausted' })
}

async function until(isTrue: () => Promise<boolean>) {
  for (let tries = 0; tries < 100; tries++) {
    if (await isTrue()) return
    await sleep(50)
  }
  throw new Error('did not come true within 5 s')
}

describe.each(['newer', 'documented'] as const)('a session of the %s deployment', (name) => {
  let gateway: OpenGradientGateway
  beforeAll(() => {
    gateway = bench.og[name]
  })
  const ask = (session: string, more: Record<string, unknown> = {}) =>
    post(gateway, bodyFor(gateway, more), { 'x-upto-session': session })

  it('adds up what each answer costs and settles exactly that on chain', async () => {
    const payer = await bench.makePayer(gateway)
    const payeeBefore = await bench.opgOf(gateway, gateway.deployment.payTo)
    const first = await pay(gateway, payer)
    expect(first.status).toBe(200)
    expect(first.headers.get('payment-response')).toBeNull()
    const session = sessionOf(first)
    const second = await ask(session)
    expect(sessionOf(second)).toBe(session)
    const sum = (await costOf(first)) + (await costOf(second))
    expect(sum).toBeGreaterThan(0n)
    expect(await bench.opgOf(gateway, payer.address)).toBe(opg)
    await bench.og.configure({ settleNow: true })
    expect(await bench.opgOf(gateway, payer.address)).toBe(opg - sum)
    expect(await bench.opgOf(gateway, gateway.deployment.payTo)).toBe(payeeBefore + sum)
    await expectSessionOver(await ask(session))
  })

  it('is settled by itself once it is idle', async () => {
    await bench.og.configure({ idleMs: 200 })
    const payer = await bench.makePayer(gateway)
    const response = await pay(gateway, payer)
    const cost = await costOf(response)
    await until(async () => (await bench.opgOf(gateway, payer.address)) === opg - cost)
    await expectSessionOver(await ask(sessionOf(response)))
  })

  it('takes no more than its cap, and ends there', async () => {
    await bench.og.configure({ pricePerToken: '0.3' })
    const payer = await bench.makePayer(gateway)
    const response = await pay(gateway, payer)
    expect(await costOf(response)).toBeGreaterThan(gateway.settings.cap)
    await expectSessionOver(await ask(sessionOf(response)))
    await until(async () => (await bench.opgOf(gateway, payer.address)) === opg - gateway.settings.cap)
  })

  it('is not opened by a payment whose deadline is near', async () => {
    const deadline = String(Math.floor(Date.now() / 1000) + 30)
    const response = await pay(gateway, await bench.makePayer(gateway), { overrides: { deadline } })
    expect(response.status).toBe(402)
    expect(response.headers.get('payment-required')).toBeNull()
    expect(await response.json()).toEqual({
      error: 'Payment authorization deadline missing or too soon',
    })
  })

  it('is for its own path only', async () => {
    const session = sessionOf(await pay(gateway, await bench.makePayer(gateway)))
    const response = await fetch(`${gateway.url}/v1/completions`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        authorization: 'Bearer 0x00',
        'x-upto-session': session,
      },
      body: JSON.stringify({ model: gateway.deployment.models[0], prompt: 'Hi' }),
    })
    await expectSessionOver(response)
  })

  it('is found again by the payment that opened it, and paid once', async () => {
    const payer = await bench.makePayer(gateway)
    const payment = encode(await signOffer(payer, readRequired(await post(gateway, bodyFor(gateway)))))
    const headers = { 'payment-signature': payment, 'x-payment': payment }
    const first = await post(gateway, bodyFor(gateway), headers)
    const second = await post(gateway, bodyFor(gateway), headers)
    expect(sessionOf(second)).toBe(sessionOf(first))
    const sum = (await costOf(first)) + (await costOf(second))
    await gateway.settleNow()
    expect(await bench.opgOf(gateway, payer.address)).toBe(opg - sum)
  })

  it('is unknown under a made-up id', async () => {
    await expectSessionOver(await ask('00000000-0000-4000-8000-000000000000'))
  })

  it.each(['session-expired', 'session-exhausted'] as const)(
    'ends by the fault %s and is settled',
    async (fault) => {
      const payer = await bench.makePayer(gateway)
      const response = await pay(gateway, payer)
      const cost = await costOf(response)
      bench.faults.add({ gateway: gateway.deployment.name, fault })
      await expectSessionOver(await ask(sessionOf(response)))
      await expectSessionOver(await ask(sessionOf(response)))
      await until(async () => (await bench.opgOf(gateway, payer.address)) === opg - cost)
    },
  )

  it('is not opened under the fault session-deadline', async () => {
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'session-deadline' })
    const response = await pay(gateway, await bench.makePayer(gateway))
    expect(await response.json()).toEqual({
      error: 'Payment authorization deadline missing or too soon',
    })
  })

  it('is settled for twice the reported sum by settle-more-than-reported', async () => {
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'settle-more-than-reported' })
    const payer = await bench.makePayer(gateway)
    const cost = await costOf(await pay(gateway, payer))
    await gateway.settleNow()
    expect(await bench.opgOf(gateway, payer.address)).toBe(opg - 2n * cost)
  })

  it('never passes the cap by settle-more-than-reported', async () => {
    await bench.og.configure({ pricePerToken: name === 'newer' ? '0.005' : '0.001' })
    bench.faults.add({ gateway: gateway.deployment.name, fault: 'settle-more-than-reported' })
    const payer = await bench.makePayer(gateway)
    const cost = await costOf(await pay(gateway, payer))
    const { cap } = gateway.settings
    expect(cost < cap && 2n * cost > cap).toBe(true)
    await gateway.settleNow()
    expect(await bench.opgOf(gateway, payer.address)).toBe(opg - cap)
  })

  it.each(['settle-zero', 'never-settle'] as const)('ends without a transfer by %s', async (fault) => {
    bench.faults.add({ gateway: gateway.deployment.name, fault })
    const payer = await bench.makePayer(gateway)
    const response = await pay(gateway, payer)
    expect(await costOf(response)).toBeGreaterThan(0n)
    await gateway.settleNow()
    await expectSessionOver(await ask(sessionOf(response)))
    expect(await bench.opgOf(gateway, payer.address)).toBe(opg)
  })

  it('settles twenty payers at once', async () => {
    const payers = await Promise.all(Array.from({ length: 20 }, () => bench.makePayer(gateway)))
    const costs = await Promise.all(payers.map(async (payer) => costOf(await pay(gateway, payer))))
    await gateway.settleNow()
    const left = await Promise.all(payers.map((payer) => bench.opgOf(gateway, payer.address)))
    expect(left).toEqual(costs.map((cost) => opg - cost))
  })

  it('is counted by the server: one request within a session', async () => {
    const session = sessionOf(await pay(gateway, await bench.makePayer(gateway)))
    const counters = bench.counters.of(gateway.deployment.name)
    const before = counters.requests.length
    await (await ask(session)).text()
    expect(counters.requests.length - before).toBe(1)
    expect(counters.requests.at(-1)).toMatchObject({ path: '/v1/chat/completions', hasPayment: true })
  })
})
