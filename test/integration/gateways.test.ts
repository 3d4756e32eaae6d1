import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAtomic } from '../../src/domain/amount.ts'
import { DEFAULT_LIMITS } from '../../src/domain/default-limits.ts'
import type { GatewayConfig } from '../../src/gateways/gateway.ts'
import { anyPorts } from '../lab/fault-bench.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { createHarness, type Harness, requireOrigin } from './harness.ts'
import { labSolanaSeed, setAllowance } from './lab-wallet.ts'

const BASE = 'eip155:8453'
const BASE_SEPOLIA = 'eip155:84532'
const SEPOLIA_USDC = '0x036CbD53842c5426634e7929541eC2318f3dCF7e'
const OPG = '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB'
const TOPG = '0x240b09731D96979f50B2C649C9CE10FcF9C7987F'
const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
const SOLANA_USDC = 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'

let lab: Lab
let harness: Harness

const onlyOn = (network: string) => `${lab.info.urls.seller}/only/${encodeURIComponent(network)}/v1`

/** A gateway as the person adds one. */
function makeSeller(id: string, baseUrl: string, model: string): GatewayConfig {
  return {
    ...{ id, kind: 'openai-compatible', name: id, builtIn: false, enabled: true, extraHeaders: {}, baseUrl },
    models: [
      {
        ...{ id: model, gatewayId: id, ownedBy: 'lab', contextLength: null, maxOutputTokens: null },
        ...{ pricing: null, proof: 'none' },
      },
    ],
  }
}

async function enableOpg() {
  const limits = { ...DEFAULT_LIMITS }
  await harness.ledger.setLimits({
    ...limits,
    OPG: { ...limits.OPG, enabled: true },
    tOPG: { ...limits.tOPG, enabled: true },
  })
}

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
  harness = await createHarness({
    lab,
    evmKey: lab.info.accounts.evm.privateKey as `0x${string}`,
    solanaSeed: labSolanaSeed(lab.info.accounts.phrase),
    extraGateways: [
      makeSeller('seller', `${lab.info.urls.seller}/v1`, 'lab/writer'),
      makeSeller('stock', `${lab.info.urls.stockSeller}/v1`, 'stock'),
      makeSeller('seller-sepolia', onlyOn(BASE_SEPOLIA), 'lab/writer'),
      makeSeller('seller-solana', onlyOn(SOLANA), 'lab/writer'),
    ],
  })
  await enableOpg()
})
afterAll(() => lab?.stop())

describe('JumpGate on Solana', () => {
  it('pays in USDC where the person prefers Solana', async () => {
    Object.assign(harness.settings, { networkPreference: SOLANA })
    const owner = lab.info.accounts.solana.address
    const before = await lab.chain(SOLANA).balanceOf(owner, SOLANA_USDC)
    const { error, row, text } = await harness.answer(harness.makeAsk({ model: 'ambient/large' }))
    Object.assign(harness.settings, { networkPreference: BASE })
    expect(error).toBeNull()
    expect(text).toContain('hello there')
    const after = await lab.chain(SOLANA).balanceOf(owner, SOLANA_USDC)
    expect(before - after).toBe(row?.payment.charged)
    expect(row?.request.network).toBe(SOLANA)
  })

  it('asks no RPC endpoint between the yes and the payment: all of it was read while the person did', async () => {
    const cold = await createHarness({
      ...{ lab, evmKey: `0x${'5b'.repeat(32)}`, solanaSeed: labSolanaSeed(lab.info.accounts.phrase) },
      ...{ settings: { networkPreference: SOLANA }, readingMs: 2_500 },
    })
    const rpcAt: number[] = []
    const native = globalThis.fetch
    globalThis.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      if (Object.values(lab.info.rpc).some((rpc) => url.startsWith(rpc))) rpcAt.push(performance.now())
      return native(input, init)
    }
    const outcome = await cold.answer(cold.makeAsk({ model: 'ambient/large' })).finally(() => {
      globalThis.fetch = native
    })
    expect(outcome.error).toBeNull()
    expect(outcome.row?.request.network).toBe(SOLANA)
    const saidYes = cold.answeredAt.at(-1) ?? 0
    const paid = cold.requests.find(({ headers }) => 'payment-signature' in headers || 'x-payment' in headers)
    expect(paid?.at).toBeGreaterThan(saidYes)
    expect(rpcAt.some((at) => at < saidYes)).toBe(true)
    expect(rpcAt.filter((at) => at > saidYes && at < (paid?.at ?? 0))).toEqual([])
  })
})

describe('an OpenAI-compatible seller', () => {
  it('is paid by its first 402', async () => {
    const { error, row, text } = await harness.answer(harness.makeAsk({ model: 'lab/writer' }))
    expect(error).toBeNull()
    expect(text).toContain('hello there')
    expect(row?.payment.state).toBe('settled')
  })

  it.each([
    ['Base Sepolia', 'seller-sepolia', BASE_SEPOLIA, SEPOLIA_USDC, 'tUSDC'],
    ['Solana', 'seller-solana', SOLANA, SOLANA_USDC, 'USDC'],
  ] as const)('is paid on %s, to the unit', async (_name, id, network, asset, currency) => {
    const payee = () => lab.chain(network).balanceOf(lab.info.payees.seller?.[network] ?? '', asset)
    const before = await payee()
    const { error, row, text } = await harness.answer(harness.makeAsk({ model: `${id}/lab/writer` }))
    expect(error).toBeNull()
    expect(text).toContain('hello there')
    expect(row?.payment).toMatchObject({ network, asset, currency, gatewayId: id, state: 'settled' })
    expect((await payee()) - before).toBe(row?.payment.charged)
    expect(row?.payment.charged).toBeGreaterThan(0n)
  })

  it('may be the stock middleware, which buffers', async () => {
    const { error, row } = await harness.answer(harness.makeAsk({ model: 'stock' }))
    expect(error).toBeNull()
    expect(row?.payment.charged).toBe(2000n)
  })
})

describe.each([
  ['the newer deployment', 'opengradient/gpt-5-mini', BASE, OPG],
  ['the documented deployment', 'opengradient-test/openai/gpt-4o', 'eip155:84532', TOPG],
] as const)('OpenGradient, %s', (_name, model, network, token) => {
  it('asks for the allowance first, then pays one session for two requests, proof verified', async () => {
    await setAllowance(lab, network, token, harness.account, parseAtomic('10000000000000000000'))
    const before = await lab.chain(network).balanceOf(harness.account.address, token)
    const first = await harness.answer(harness.makeAsk({ model }))
    expect(first.error).toBeNull()
    expect(first.text).toContain('hello there')
    expect(first.row?.request.proof).toMatchObject({ kind: 'tee', verdict: 'verified' })
    expect(first.row?.payment.state).toBe('presented')
    expect(first.row?.request.cost).not.toBeNull()
    await harness.grant({ currency: token === OPG ? 'OPG' : 'tOPG', cap: parseAtomic('1000000000000000000') })
    const seen = harness.requests.length
    const second = await harness.answer(harness.makeAsk({ model }, { active: false }))
    expect(second.error).toBeNull()
    expect(harness.requests.length - seen).toBe(1)
    expect(second.row?.payment.id).toBe(first.row?.payment.id)
    await fetch(`${lab.info.urls.control}/opengradient`, {
      method: 'POST',
      body: JSON.stringify({ settleNow: true }),
    })
    const reported = (first.row?.request.cost ?? 0n) + (second.row?.request.cost ?? 0n)
    for (
      let round = 0;
      round < 40 && (await lab.chain(network).balanceOf(harness.account.address, token)) === before;
      round++
    ) {
      await new Promise((resolve) => setTimeout(resolve, 250))
    }
    expect(before - (await lab.chain(network).balanceOf(harness.account.address, token))).toBe(reported)
    await new Promise((resolve) => setTimeout(resolve, 4_500))
    await harness.inference.reconcile()
    expect(await harness.ledger.getPayment(first.row?.payment.id ?? '')).toMatchObject({
      state: 'settled',
      settledBy: 'chain',
      charged: reported,
    })
  })
})

describe('an allowance that the gateway sponsors', () => {
  it('is signed with the payment after a question of its own, without ETH', async () => {
    const key = `0x${'5a'.repeat(32)}` as const
    const poor = await createHarness({ lab, evmKey: key })
    await poor.ledger.setLimits({ ...DEFAULT_LIMITS, OPG: { ...DEFAULT_LIMITS.OPG, enabled: true } })
    await lab.chain(BASE).fund(poor.account.address, OPG, 5_000_000_000_000_000_000n)
    const { error, row, text } = await poor.answer(poor.makeAsk({ model: 'opengradient/gpt-5-mini' }))
    expect(error).toBeNull()
    expect(text).toContain('hello there')
    expect(poor.asked[0]?.reasons).toContain('new-allowance')
    expect(poor.asked[0]?.request?.sponsoredAllowance).toBe('10000000000000000000')
    await fetch(`${lab.info.urls.control}/opengradient`, {
      method: 'POST',
      body: JSON.stringify({ settleNow: true }),
    })
    await new Promise((resolve) => setTimeout(resolve, 4_500))
    await poor.inference.reconcile()
    const payment = await poor.ledger.getPayment(row?.payment.id ?? '')
    expect(payment).toMatchObject({ state: 'settled', settledBy: 'chain', charged: row?.request.cost })
  })
})

describe('a session', () => {
  it('is shared: another site that the person approves once signs nothing new', async () => {
    const other = requireOrigin('https://other.example')
    const first = await harness.answer(harness.makeAsk({ model: 'opengradient/gpt-5-mini' }))
    expect(first.error).toBeNull()
    const second = await harness.answer(
      harness.makeAsk({ model: 'opengradient/gpt-5-mini' }, { principal: other }),
    )
    expect(second.error).toBeNull()
    expect(second.row?.payment.id).toBe(first.row?.payment.id)
    expect(second.row?.request.principal).toBe(other)
  })

  it('that ended in mid-conversation is followed by a new one, under the same request', async () => {
    const before = await harness.answer(harness.makeAsk({ model: 'opengradient/gpt-5-mini' }))
    await fetch(`${lab.info.urls.control}/faults`, {
      method: 'POST',
      body: JSON.stringify({ gateway: 'opengradient', fault: 'session-expired', count: 1 }),
    })
    const after = await harness.answer(harness.makeAsk({ model: 'opengradient/gpt-5-mini' }))
    expect(after.error).toBeNull()
    expect(after.row?.payment.id).not.toBe(before.row?.payment.id)
  })
})

describe('a proof', () => {
  it.each([
    ['forged-proof', 'failed'],
    ['wrong-output-hash', 'failed'],
    ['unknown-enclave', 'unconfirmed'],
    ['disabled-enclave', 'unconfirmed'],
  ])('%s reads %s', async (fault, verdict) => {
    await harness.ledger.clearProofFailure('opengradient')
    const body = { gateway: 'opengradient', fault, count: 1 }
    await fetch(`${lab.info.urls.control}/faults`, { method: 'POST', body: JSON.stringify(body) })
    const { error, row } = await harness.answer(harness.makeAsk({ model: 'opengradient/gpt-5-mini' }))
    expect(error).toBeNull()
    expect(row?.request.proof).toMatchObject({ kind: 'tee', verdict })
    expect(await harness.ledger.lastProofFailed('opengradient')).toBe(verdict === 'failed')
  })

  it('that failed is asked about before the gateway is used again', async () => {
    const body = { gateway: 'opengradient', fault: 'forged-proof', count: 1 }
    await fetch(`${lab.info.urls.control}/faults`, { method: 'POST', body: JSON.stringify(body) })
    await harness.answer(harness.makeAsk({ model: 'opengradient/gpt-5-mini' }))
    const asked = harness.asked.length
    await harness.answer(harness.makeAsk({ model: 'opengradient/gpt-5-mini' }))
    expect(harness.asked.length).toBe(asked + 1)
    expect(harness.asked.at(-1)?.reasons).toContain('proof-failed-before')
  })
})
