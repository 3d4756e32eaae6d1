/** A quote that a page names bounds what is signed, whatever the gateway asks by then. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createInference } from '../../src/inference/create-inference.ts'
import { AnswerError, type Ask } from '../../src/inference/inference.ts'
import type { InferenceDeps } from '../../src/inference/ports.ts'
import { anyPorts } from '../lab/fault-bench.ts'
import { type Lab, startLab } from '../lab/lab.ts'
import { createHarness, type Harness } from './harness.ts'

let lab: Lab
let harness: Harness
/** What the gateway asks for in its quote, times the honest price. */
let factor = 1n
let laterMs = 0
let deps: InferenceDeps

beforeAll(async () => {
  lab = await startLab({ ports: anyPorts })
  harness = await createHarness({ lab, evmKey: lab.info.accounts.evm.privateKey as `0x${string}` })
  deps = {
    ...harness.deps,
    clock: { ...harness.deps.clock, nowMs: () => Date.now() + laterMs },
    async fetch(input, init) {
      const response = await harness.deps.fetch(input, init)
      if (!String(input).endsWith('/quote') || factor === 1n) return response
      const quote: Record<string, unknown> = await response.json()
      for (const name of ['amount_micro_usdc', 'max_amount_micro_usdc'])
        quote[name] = Number(BigInt(String(quote[name])) * factor)
      return Response.json(quote)
    },
  }
  await harness.answer(harness.makeAsk({ model: 'ambient/large' }))
  await harness.grant()
})
afterAll(() => lab?.stop())

const body = (content: string) => ({
  model: 'ambient/large',
  messages: [{ role: 'user' as const, content: `echo: ${content}` }],
})

/** Runs in a worker of its own, as after a restart. */
async function answer(ask: Ask): Promise<AnswerError | 'answered'> {
  try {
    for await (const part of createInference(deps).run(ask)) if (part.kind === 'receipt') return 'answered'
  } catch (error) {
    if (error instanceof AnswerError) return error
    throw error
  }
  throw new Error('an answer without a receipt')
}

async function quoted(content: string) {
  const { caller, signal, body: asked } = harness.makeAsk(body(content), { active: false })
  return createInference(deps).quote({ caller, signal, body: asked })
}

const counted = () => harness.ledger.countHistory()

describe('a call with a quoteId', () => {
  it('is paid at the quote, by another worker too, which asks for no second quote', async () => {
    const { id, quote } = await quoted('one')
    const before = harness.requests.length
    expect(await answer(harness.makeAsk(body('one'), { quoteId: id, active: false }))).toBe('answered')
    expect(harness.requests.slice(before).map(({ url }) => url.endsWith('/quote'))).toEqual([false])
    const { rows } = await harness.ledger.history({}, { limit: 1 })
    expect(rows[0]?.payment.maximum).toBeLessThanOrEqual(quote.max)
  })

  it.each([
    ['is older than 55 s, and the price has risen', 57_000, false],
    ['was used before, and the price has risen', 0, true],
  ])('is not paid above it where it %s', async (_name, ageMs, usedBefore) => {
    const { id, quote } = await quoted(`dear ${ageMs}`)
    const ask = () => harness.makeAsk(body(`dear ${ageMs}`), { quoteId: id, active: false })
    if (usedBefore) expect(await answer(ask())).toBe('answered')
    const before = await counted()
    ;[laterMs, factor] = [ageMs, 5n]
    const ended = await answer(ask()).finally(() => {
      ;[laterMs, factor] = [0, 1n]
    })
    expect(ended).toMatchObject({ type: 'quote_exceeded', reason: 'over-max-cost', charged: 'no' })
    expect(quote.max).toBeGreaterThan(0n)
    expect(await counted()).toBe(before)
  })

  it('is refused in words where the quote has expired, was never given, or is of another request', async () => {
    const { id } = await quoted('late')
    const before = await counted()
    laterMs = 61_000
    const late = await answer(harness.makeAsk(body('late'), { quoteId: id, active: false })).finally(() => {
      laterMs = 0
    })
    const other = await answer(harness.makeAsk(body('other'), { quoteId: id, active: false }))
    const unknown = await answer(harness.makeAsk(body('late'), { quoteId: 'nobody', active: false }))
    for (const ended of [late, other, unknown])
      expect(ended).toMatchObject({ type: 'quote_exceeded', reason: 'unknown-quote', charged: 'no' })
    expect(await counted()).toBe(before)
  })
})
