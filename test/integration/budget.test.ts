/** Budgets under load: signatures never pass a cap, and the chain's outflow equals the ledger's settled sum. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseAtomic } from '../../src/domain/amount.ts'
import { anyPorts } from '../lab/fault-bench.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { createHarness, type Harness, requireOrigin } from './harness.ts'

const BASE = 'eip155:8453'
const USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'
/** 11 input tokens and 200 output tokens: 896 µUSDC, at most 946 (a known quote of JumpGate). */
const CALLS = 200

let lab: Lab
let harness: Harness

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
  harness = await createHarness({ lab, evmKey: lab.info.accounts.evm.privateKey as `0x${string}` })
  await harness.answer(harness.makeAsk({ model: 'ambient/large' }))
})
afterAll(() => lab?.stop())

const balance = () => lab.chain(BASE).balanceOf(harness.account.address, USDC)
const bodyOf = (index: number) => ({
  model: 'ambient/large',
  max_tokens: 20,
  messages: [{ role: 'user', content: `echo: call ${index}` }],
})

describe(`${CALLS} calls in one tick`, () => {
  it('from two sites: each within its own budget, to the unit', async () => {
    const before = await balance()
    const sites = [requireOrigin('https://one.example'), requireOrigin('https://two.example')]
    const caps = [parseAtomic('2000'), parseAtomic('3001')]
    for (const [index, site] of sites.entries())
      await harness.grant({ cap: caps[index] ?? parseAtomic('0') }, site)
    const asks = Array.from({ length: CALLS }, (_, index) =>
      harness.makeAsk(bodyOf(index), { principal: sites[index % 2] ?? 'panel', active: false }),
    )
    const outcomes = await Promise.all(asks.map((ask) => harness.answer(ask)))
    const { rows } = await harness.ledger.history({}, { limit: 200 })
    let settled = 0n
    for (const [index, site] of sites.entries()) {
      const own = rows.filter(
        ({ request, payment }) => request.principal === site && payment.state !== 'released',
      )
      const spent = own.reduce((sum, { payment }) => sum + (payment.charged ?? payment.maximum), 0n)
      expect(spent).toBeLessThanOrEqual(caps[index] ?? 0n)
      expect(own.length).toBeGreaterThan(10)
      settled += spent
    }
    const refused = outcomes.filter(({ error }) => error !== null)
    expect(refused.length).toBeGreaterThan(CALLS / 2)
    for (const { error } of refused) expect(error?.charged).toBe('no')
    expect(before - (await balance())).toBe(settled)
  })

  it('a budget that is lowered while 20 are in flight lets nothing be signed after', async () => {
    const site = requireOrigin('https://three.example')
    await harness.grant({}, site)
    await harness.grant({ cap: parseAtomic('1') }, requireOrigin('https://four.example'))
    const running = Array.from({ length: 20 }, (_, index) =>
      harness.answer(harness.makeAsk(bodyOf(1000 + index), { principal: site, active: false })),
    )
    await new Promise((resolve) => setTimeout(resolve, 60))
    const [use] = await harness.ledger.budgetUse(site)
    if (!use) throw new Error('no budget')
    await harness.ledger.putBudget(site, { ...use.budget, cap: parseAtomic('1') })
    const loweredAtMs = Date.now()
    await Promise.all(running)
    const { rows } = await harness.ledger.history({ principal: site }, { limit: 200 })
    for (const { payment } of rows) {
      for (const attempt of payment.attempts) expect(attempt.presentedAtMs).toBeLessThanOrEqual(loweredAtMs)
    }
  })
})
