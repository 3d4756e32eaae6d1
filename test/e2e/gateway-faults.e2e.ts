/** Whatever a gateway does wrong, the page reads the error of docs/PAGE_API.md, and the ledger says what became of the money. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { HistoryRowView } from '../../src/protocol/ui-views.ts'
import { type Bench, openBench } from './bench.ts'

let bench: Bench
let page: Page
let asked = 0
const question = () => `Question ${asked++} about faults, please answer in full`

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench?.close())
beforeEach(async () => {
  await page?.close()
  await bench.lab.clearFaults()
  page = await bench.openSite()
})

/** Asks, says yes, and brings back what the page read, the row and what moved on the chain. */
async function payThrough(fault: string, more: Record<string, unknown> = {}) {
  const rows = (await bench.driver.ledger()).length
  await bench.lab.fault('jumpgate', fault, { stage: 'paid', ...more })
  let result: Awaited<ReturnType<Bench['pay']>> | undefined
  const moved = await bench.moved(async () => {
    result = await bench.pay(page, question())
  })
  const ledger = await bench.driver.ledger()
  expect(ledger.length).toBe(rows + 1)
  return { result, row: ledger[0] as HistoryRowView, ...moved }
}

describe('a gateway that asks for more than it quoted', () => {
  // First in this profile: nothing was approved yet, so the offer is read before anything is signed.
  it('is refused before a signature: the person reads why, the site only that the answer was no', async () => {
    const before = await bench.rowIds()
    await bench.lab.clearCounters()
    await bench.lab.fault('jumpgate', 'price-change')
    const { paid } = await bench.moved(async () => {
      const call = await bench.ask(page, question())
      const approval = await bench.questionOf(call)
      expect(approval.text).toContain('The price is above what was agreed.')
      await approval.reject()
      expect(await call.done).toMatchObject({ code: 4001, type: 'user_rejected', charged: 'no' })
    })
    expect(paid).toBe(0n)
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ quote: 1, paid: 0 })
    expect(await bench.rowIds()).toEqual(before)
    expect(bench.driver.approvalWindows()).toBe(0)
  })

  it('gets no second signature after the first, whose amount stays on hold', async () => {
    expect(await bench.pay(page, question())).toMatchObject({ kind: 'answer' })
    await bench.lab.clearCounters()
    const { result, row, paid } = await payThrough('price-change', { stage: 'any' })
    expect(result).toMatchObject({ kind: 'error', type: 'paid_no_answer', charged: 'maybe' })
    expect(row).toMatchObject({ money: 'live', answer: 'failed' })
    expect(paid).toBe(0n)
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 1, settled: 0 })
  })

  it('and then wants another payee: nothing goes there, and the next request asks about it', async () => {
    await bench.lab.fault('jumpgate', 'wrong-pay-to', { stage: 'paid' })
    const { paid, earned } = await bench.moved(async () => {
      const result = await bench.pay(page, question())
      expect(result).toMatchObject({ kind: 'error', type: 'paid_no_answer', charged: 'maybe' })
      await bench.lab.fault('jumpgate', 'wrong-pay-to', { stage: 'unpaid' })
      const call = await bench.ask(page, question())
      const approval = await bench.driver.nextApproval()
      expect(approval.text).toContain('another address than before')
      await approval.reject()
      expect(await call.done).toMatchObject({ kind: 'error', code: 4001, charged: 'no' })
    })
    expect([paid, earned]).toEqual([0n, 0n])
  })
})

describe('a gateway that fails before anything is signed', () => {
  it.each(['status-429', 'status-500', 'status-503', 'html-502'])(
    'quote answers %s: gateway_failed, nothing signed',
    async (fault) => {
      const before = await bench.rowIds()
      await bench.lab.clearCounters()
      await bench.lab.fault('jumpgate', fault, { stage: 'quote', count: 10 })
      const call = await bench.ask(page, question())
      expect(await call.done).toMatchObject({
        kind: 'error',
        code: 4900,
        type: 'gateway_failed',
        charged: 'no',
      })
      expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 0 })
      expect(await bench.rowIds()).toEqual(before)
    },
  )
})

describe('a gateway that fails with the payment in hand', () => {
  it.each(['status-429', 'status-500', 'status-503', 'html-502'])(
    '%s: the amount stays on hold until the chain shows its fate',
    async (fault) => {
      const { result, row, paid } = await payThrough(fault)
      expect(result).toMatchObject({ kind: 'error', code: 4405, type: 'paid_no_answer', charged: 'maybe' })
      expect(row).toMatchObject({ money: 'live', answer: 'failed', payment: { state: 'presented' } })
      expect(row.payment.holdUntilMs).toBeGreaterThan(Date.now())
      expect(paid).toBe(0n)
    },
  )

  it('an error in mid-stream is an error with the text so far, and the payment stands', async () => {
    const { result, row, paid } = await payThrough('mid-stream-error', { after: 30 })
    expect(result).toMatchObject({ kind: 'error', code: 4405, type: 'paid_no_answer', charged: 'yes' })
    if (result?.kind === 'error') {
      expect(result.text.length).toBeGreaterThan(3)
      expect(result.partial).toBe(result.text)
    }
    expect(row).toMatchObject({ money: 'settled', answer: 'failed' })
    expect(String(paid)).toBe(row.payment.charged)
  })

  it.each(['end', 'destroy'])('a stream that ends without [DONE] (%s) is no success', async (how) => {
    const { result, row } = await payThrough('drop', { how, after: 30 })
    expect(result).toMatchObject({ kind: 'error', type: 'paid_no_answer', charged: 'yes' })
    if (result?.kind === 'error') {
      // A connection that is torn down may take the last words with it.
      if (how === 'end') expect(result.text.length).toBeGreaterThan(3)
      expect(result.partial ?? '').toBe(result.text)
    }
    expect(row).toMatchObject({ money: 'settled', answer: 'failed' })
  })
})

describe('a gateway that only speaks oddly', () => {
  it.each(['split-utf8', 'crlf', 'comments', 'bad-frame'])('%s: the answer is whole', async (fault) => {
    const text = 'naïve — 三思而後行 🙂 done'
    await bench.lab.fault('jumpgate', fault, { stage: 'paid' })
    const result = await bench.pay(page, `echo: ${text}`)
    expect(result).toMatchObject({ kind: 'answer', text, receipt: { outcome: 'settled' } })
  })

  it('slow: waits', async () => {
    await bench.lab.fault('jumpgate', 'slow', { stage: 'paid', ms: 3000 })
    expect(await bench.pay(page, question())).toMatchObject({ kind: 'answer' })
  })
})

describe('a gateway that says something about its answer', () => {
  it.each([
    ['verified-false', 'failed'],
    ['no-verification', 'none'],
  ])('%s: the receipt says so', async (fault, verdict) => {
    const { result, row } = await payThrough(fault)
    expect(result).toMatchObject({ kind: 'answer', receipt: { proof: { kind: 'ambient', verdict } } })
    expect(row.proof).toMatchObject({ kind: 'ambient', verdict })
  })

  it('an honest one is reported as verified', async () => {
    const result = await bench.pay(page, question())
    expect(result).toMatchObject({ receipt: { proof: { kind: 'ambient', verdict: 'reported' } } })
  })
})
