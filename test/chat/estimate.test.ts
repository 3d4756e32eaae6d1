import { describe, expect, it } from 'vitest'
import { calibration, estimatePrice, estimateTokens } from '../../src/protocol/chat-estimate.ts'
import type { PriceSample } from '../../src/protocol/chat-views.ts'

/** JumpGate's known quotes: 17 in, 1000 out → 4474 µUSDC at most; 11 in, 200 out → 946. Source: its documentation. */
const DOCUMENTED: readonly PriceSample[] = [
  sample({ inputTokens: 17, maxOutputTokens: 1000, max: '4474' }),
  sample({ inputTokens: 11, maxOutputTokens: 200, max: '946' }),
]
/** The rule that fits both: ceil(1.4·in + 4.4·out) + 50. */
const rule = (input: number, output: number) => Math.ceil(1.4 * input + 4.4 * output) + 50

function sample(facts: Partial<PriceSample>): PriceSample {
  return {
    model: 'm',
    estimatedTokens: 17,
    inputTokens: 17,
    maxOutputTokens: 1000,
    currency: 'USDC',
    max: '4474',
    atMs: 1,
    ...facts,
  }
}

describe('estimatePrice', () => {
  it('knows nothing without a quote', () => {
    expect(estimatePrice([], { estimatedTokens: 1, maxOutputTokens: 1 })).toEqual({ kind: 'unknown' })
  })
  it('repeats the very quote for the very request', () => {
    expect(estimatePrice([sample({})], { estimatedTokens: 17, maxOutputTokens: 1000 })).toEqual({
      kind: 'estimate',
      amount: '4474',
      currency: 'USDC',
    })
  })
  it.each([
    [17, 1000],
    [500, 1000],
    [4000, 1024],
    [20_000, 1000],
    [10, 100],
    [100_000, 4000],
  ])('from one quote, %i in and %i out come within half of the rule', (input, output) => {
    const estimate = estimatePrice([sample({})], { estimatedTokens: input, maxOutputTokens: output })
    expect(estimate.kind === 'estimate' && Number(estimate.amount) / rule(input, output)).toBeGreaterThan(0.5)
    expect(estimate.kind === 'estimate' && Number(estimate.amount) / rule(input, output)).toBeLessThan(1.5)
  })
  it.each([
    [17, 1000],
    [5000, 1000],
    [200, 2000],
    [20_000, 500],
  ])('from a short and a long quote, %i in and %i out come within 5 percent', (input, output) => {
    const samples = [
      sample({}),
      sample({ estimatedTokens: 8000, inputTokens: 8000, max: String(rule(8000, 1000)), atMs: 2 }),
    ]
    const estimate = estimatePrice(samples, { estimatedTokens: input, maxOutputTokens: output })
    expect(
      estimate.kind === 'estimate' && Math.abs(Number(estimate.amount) / rule(input, output) - 1),
    ).toBeLessThan(0.05)
  })
  it('uses our count as the gateway would count it', () => {
    const samples = [sample({ estimatedTokens: 10, inputTokens: 20 })]
    expect(calibration(samples)).toBe(2)
    expect(estimatePrice(samples, { estimatedTokens: 10, maxOutputTokens: 1000 })).toMatchObject({
      amount: '4474',
    })
  })
  it('never mixes currencies', () => {
    const samples = [sample({ atMs: 2, currency: 'OPG', max: '5' }), ...DOCUMENTED]
    expect(estimatePrice(samples, { estimatedTokens: 17, maxOutputTokens: 1000 })).toEqual({
      kind: 'estimate',
      amount: '5',
      currency: 'OPG',
    })
  })
  it('never falls below nothing where two quotes contradict each other', () => {
    const samples = [sample({ atMs: 2 }), sample({ inputTokens: 5000, estimatedTokens: 5000, max: '10' })]
    const estimate = estimatePrice(samples, { estimatedTokens: 9000, maxOutputTokens: 1000 })
    expect(estimate.kind === 'estimate' && BigInt(estimate.amount) > 0n).toBe(true)
  })
  it('takes 18 decimals without losing a digit', () => {
    const max = '5000000000000000001'
    expect(
      estimatePrice([sample({ currency: 'OPG', max })], { estimatedTokens: 17, maxOutputTokens: 1000 }),
    ).toMatchObject({ amount: max })
  })
})

describe('estimateTokens', () => {
  it('counts four characters of ASCII to a token, one and a half of others', () => {
    expect(estimateTokens('')).toBe(0)
    expect(estimateTokens('a'.repeat(400))).toBe(100)
    expect(estimateTokens('字'.repeat(150))).toBe(100)
  })
})
