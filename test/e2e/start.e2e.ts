/** `npm start -- --headless --json` as anybody runs it: a lab, a build and a browser of its own, and the exit code by the chain. */
import { describe, expect, inject, it } from 'vitest'
import { isExact, type Report } from '../../scripts/demo.ts'
import { run } from '../../scripts/run.mjs'

const KEYS = [
  ...['question', 'answer', 'quote', 'receipt', 'transaction', 'payerBefore', 'payerAfter'],
  ...['payeeBefore', 'payeeAfter', 'ledger', 'timings'],
]

let report: Report

describe('npm start', () => {
  it('does the main job by itself, prints one object, and ends with 0', { timeout: 180_000 }, async () => {
    const args = ['scripts/start.mjs', '--headless', '--json']
    const { code, stdout, output } = await run(process.execPath, args, {
      env: { CHROME_PATH: inject('chromium') },
    })
    expect(code, output).toBe(0)
    report = JSON.parse(stdout)
    expect(Object.keys(report)).toEqual(KEYS)
  })

  it('shows an answer, a transaction of the chain, and balances that moved by the receipt', () => {
    expect(report.answer.length).toBeGreaterThan(40)
    expect(report.transaction).toMatch(/^0x[0-9a-f]{64}$/)
    const paid = BigInt(report.payerBefore) - BigInt(report.payerAfter)
    expect(String(paid)).toBe(report.receipt?.charged?.atomic)
    expect(BigInt(report.payeeAfter) - BigInt(report.payeeBefore)).toBe(paid)
    expect(report.ledger).toMatchObject({ cost: String(paid), settledBy: 'chain', answer: 'answered' })
    expect(BigInt(report.quote.max)).toBeGreaterThanOrEqual(paid)
  })

  it.each([
    ['the payer lost another amount', { payerAfter: '0' }],
    ['the payee got another amount', { payeeAfter: '0' }],
    ['nothing was answered', { answer: '' }],
    ['there is no receipt', { receipt: null }],
  ])('would end with 1 where %s', (_, wrong) => {
    expect(isExact(report)).toBe(true)
    expect(isExact({ ...report, ...wrong })).toBe(false)
  })
})
