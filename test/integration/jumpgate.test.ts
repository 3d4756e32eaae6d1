import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { anyPorts } from '../lab/fault-bench.ts'
import { type Lab, startLab } from '../lab/lab.ts'

import { createHarness, type Harness } from './harness.ts'

const BASE = 'eip155:8453'
const USDC = '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'

let lab: Lab
let harness: Harness

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
  harness = await createHarness({ lab, evmKey: lab.info.accounts.evm.privateKey as `0x${string}` })
})
afterAll(() => lab?.stop())

const balance = () => lab.chain(BASE).balanceOf(harness.account.address, USDC)

describe('a paid answer from JumpGate on Base', () => {
  it('asks once, pays exactly the quote, streams, and settles on chain', async () => {
    const before = await balance()
    const outcome = await harness.answer(harness.makeAsk({ model: 'ambient/large' }))
    expect(outcome.error).toBeNull()
    expect(outcome.text).toContain('hello there')
    expect(harness.asked).toHaveLength(1)
    const row = outcome.row
    expect(row?.payment.state).toBe('settled')
    expect(before - (await balance())).toBe(row?.payment.charged)
    expect(row?.request.proof).toMatchObject({ kind: 'ambient', verdict: 'reported' })
  })

  it('skips the first 402 within a budget: quote plus one request', async () => {
    await harness.grant()
    const seen = harness.requests.length
    const outcome = await harness.answer(harness.makeAsk({ model: 'ambient/large' }, { active: false }))
    expect(outcome.error).toBeNull()
    expect(harness.requests.length - seen).toBe(2)
    expect(harness.asked).toHaveLength(1)
  })

  it('confirms on chain', async () => {
    const { rows } = await harness.ledger.history({}, { limit: 10 })
    for (let round = 0; round < 30; round++) {
      if ((await harness.inference.reconcile()) === null) break
      await new Promise((resolve) => setTimeout(resolve, 1_000))
    }
    for (const { payment } of rows) {
      expect(await harness.ledger.getPayment(payment.id)).toMatchObject({
        state: 'settled',
        settledBy: 'chain',
      })
    }
  })
})
