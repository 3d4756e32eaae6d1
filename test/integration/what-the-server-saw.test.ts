/** Gateways by their own count, and gateways whose word about a settlement is late or false: the chain decides. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { parseAtomic } from '../../src/domain/amount.ts'
import { DEFAULT_LIMITS } from '../../src/domain/default-limits.ts'
import { anyPorts } from '../lab/fault-bench.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { createHarness, type Harness, type Outcome } from './harness.ts'
import { setAllowance } from './lab-wallet.ts'

const BASE = 'eip155:8453'
const USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
const OPG = '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'
const ONE_OPG = parseAtomic(`1${'0'.repeat(18)}`)

let lab: Lab
let harness: Harness
let prompts = 0

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
  harness = await createHarness({ lab, evmKey: lab.info.accounts.evm.privateKey as `0x${string}` })
  await harness.ledger.setLimits({ ...DEFAULT_LIMITS, OPG: { ...DEFAULT_LIMITS.OPG, enabled: true } })
  await setAllowance(lab, BASE, OPG, harness.account, ONE_OPG)
  for (const model of ['ambient/large', 'opengradient/gpt-5-mini']) {
    const { error } = await harness.answer(harness.makeAsk({ model }))
    expect(error).toBeNull()
  }
  await harness.grant()
  await harness.grant({ currency: 'OPG', cap: ONE_OPG, maxPerRequest: parseAtomic(`1${'0'.repeat(16)}`) })
})
afterAll(() => lab?.stop())
beforeEach(() => control('DELETE', '/counters'))

async function control(method: string, path: string, body?: object) {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) }
  const response = await fetch(lab.info.urls.control + path, init)
  if (!response.ok) throw new Error(await response.text())
  return response.json()
}

const fault = (name: string, params: object = {}) =>
  control('POST', '/faults', { gateway: 'jumpgate', fault: name, count: 1, ...params })

async function answer(model = 'ambient/large'): Promise<Outcome> {
  const messages = [{ role: 'user', content: `echo: number ${++prompts}` }]
  const outcome = await harness.answer(harness.makeAsk({ model, messages }, { active: false }))
  expect(outcome.error).toBeNull()
  return outcome
}

/** What one gateway counted on its own side: quotes, 402s, paid requests. */
async function counted(gateway: string) {
  const { quote, unpaid402, requests } = (await control('GET', '/counters'))[gateway]
  return { quote, unpaid402, requests: requests.length }
}

describe('a call, by the count of the server', () => {
  it('to a JumpGate that is known and pays within a budget is its quote and one request', async () => {
    await answer()
    expect(await counted('jumpgate')).toEqual({ quote: 1, unpaid402: 0, requests: 2 })
  })

  it('whose terms were stale is its quote and two requests', async () => {
    await fault('stale', { maxTimeoutSeconds: 200 })
    const { row } = await answer()
    expect(row?.payment.attempts).toHaveLength(2)
    expect(await counted('jumpgate')).toMatchObject({ quote: 1, requests: 3 })
  })

  it('within an OpenGradient session is one request', async () => {
    await answer('opengradient/gpt-5-mini')
    await control('DELETE', '/counters')
    await answer('opengradient/gpt-5-mini')
    expect(await counted('opengradient')).toEqual({ quote: 0, unpaid402: 0, requests: 1 })
  })
})

/** Last: it moves the chain's clock. */
describe('a gateway whose word about the money is late or false', () => {
  it('changes no budget by it: what the chain shows is charged, the rest is given back', async () => {
    for (let round = 0; round < 40 && (await harness.inference.reconcile()) !== null; round++) {
      const open = await harness.ledger.unfinished()
      if (open.every(({ scheme }) => scheme === 'upto')) break
      await sleep(500)
    }
    const before = await usedUsdc()
    const balance = await ownUsdc()
    await fault('settle-last-second')
    const late = await answer()
    const price = late.row?.payment.maximum ?? 0n
    expect(late.row?.payment.state).toBe('presented')
    const false_: Outcome[] = []
    for (const kind of ['made-up', 'other-tx', 'other-payee']) {
      await fault('fake-receipt', { kind })
      const outcome = await answer()
      expect(outcome.row?.payment).toMatchObject({ state: 'settled', settledBy: 'gateway' })
      false_.push(outcome)
    }
    const said = false_.reduce((sum, { row }) => sum + (row?.payment.maximum ?? 0n), 0n)
    await sleep(4_100)
    await harness.inference.reconcile()
    // Nothing moved so far, and nothing is given back for that.
    expect(await ownUsdc()).toBe(balance)
    expect(await usedUsdc()).toEqual({ settled: before.settled + said, live: before.live + price })

    await control('POST', '/warp', { network: BASE, seconds: 293 })
    await expect.poll(ownUsdc, { timeout: 20_000 }).toBe(balance - price)
    await control('POST', '/warp', { network: BASE, seconds: 60 })
    expect(await endOf(late)).toMatchObject({ state: 'settled', settledBy: 'chain', charged: price })
    for (const outcome of false_) expect(await endOf(outcome)).toMatchObject({ state: 'released' })
    expect(await usedUsdc()).toEqual({ settled: before.settled + price, live: before.live })
    expect(await ownUsdc()).toBe(balance - price)
  })
})

const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

const ownUsdc = () => lab.chain(BASE).balanceOf(harness.account.address, USDC)

async function usedUsdc() {
  const uses = await harness.ledger.budgetUse(harness.makeAsk({ model: 'ambient/large' }).caller.principal)
  const use = uses.find(({ budget }) => budget.currency === 'USDC')
  if (!use) throw new Error('no budget')
  return { settled: use.used.settled, live: use.used.live }
}

/** Looks at the chain until the payment has ended by its word. */
async function endOf({ row }: Outcome) {
  for (let round = 0; round < 80; round++) {
    const payment = await harness.ledger.getPayment(row?.payment.id ?? '')
    if (payment?.settledBy === 'chain' || payment?.state === 'released') return payment
    await harness.inference.reconcile()
    await sleep(500)
  }
  return harness.ledger.getPayment(row?.payment.id ?? '')
}
