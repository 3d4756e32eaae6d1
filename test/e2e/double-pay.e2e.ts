/** Gateways that lose, lie and delay: at most one transfer for each request, and a ledger that ends right. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'
import { chatBody, startCall } from './page-api.ts'

let bench: Bench
let page: Page
let asked = 0
const fresh = () => chatBody(`Double question ${asked++}`)

beforeAll(async () => {
  bench = await openBench({ ownLab: true })
  page = await bench.openSite()
  const call = await bench.ask(page, '', { body: fresh() })
  await (await bench.driver.nextApproval()).approve({ budget: true })
  expect(await call.done).toMatchObject({ kind: 'answer' })
})
afterAll(() => bench?.close())
beforeEach(() => bench.lab.clearFaults())

describe('a gateway that takes the money and gives no answer', () => {
  it.each([
    ['settle-then-drop', {}],
    ['settle-then-500', {}],
    ['settle-then-402', { offer: 'same' }],
    ['settle-then-402', { offer: 'other-amount' }],
    ['settle-then-402', { offer: 'other-payee' }],
    ['settle-late', { ms: 3000 }],
  ])('%s %j: one transfer, which the ledger finds on the chain', async (fault, more) => {
    const body = fresh()
    await bench.lab.fault('jumpgate', fault, { stage: 'paid', ...more })
    const { paid, earned } = await bench.moved(async () => {
      const first = await startCall(page, { body, options: { idempotencyKey: `key-${asked}` } }).done
      expect(first).toMatchObject({ kind: 'error', code: 4405, type: 'paid_no_answer', charged: 'maybe' })
      // The page tries again, as pages do.
      const again = await startCall(page, { body, options: { idempotencyKey: `key-${asked}` } }).done
      expect(again).toMatchObject({ kind: 'error', type: 'paid_no_answer' })
      await bench.rowWhen((row) => row.money === 'settled' && row.settledBy === 'chain', 40_000)
    })
    const row = await bench.newestRow()
    expect(paid).toBe(earned)
    expect(String(paid)).toBe(row.payment.charged)
    expect(row.payment.transaction).toMatch(/^0x[0-9a-f]{64}$/)
  })

  it('ten retries at once with one key are one request and one payment', async () => {
    const body = fresh()
    await bench.lab.clearCounters()
    const { paid } = await bench.moved(async () => {
      const calls = Array.from({ length: 10 }, () =>
        startCall(page, { body, options: { idempotencyKey: 'ten-at-once' } }),
      )
      const results = await Promise.all(calls.map(({ done }) => done))
      expect(new Set(results.map((one) => (one.kind === 'answer' ? one.text : one.type))).size).toBe(1)
      expect(results[0]).toMatchObject({ kind: 'answer' })
    })
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 1, settled: 1 })
    expect(String(paid)).toBe((await bench.newestRow()).payment.charged)
  })

  it('the same key with another body is a conflict, and pays nothing', async () => {
    const { paid } = await bench.moved(async () => {
      const result = await startCall(page, { body: fresh(), options: { idempotencyKey: 'ten-at-once' } }).done
      expect(result).toMatchObject({
        kind: 'error',
        code: -32600,
        type: 'idempotency_conflict',
        charged: 'no',
      })
    })
    expect(paid).toBe(0n)
  })
})

describe('a receipt that is not true', () => {
  it.each(['made-up', 'other-tx', 'other-payee'])(
    '%s: the answer is shown, the payment stays unconfirmed',
    async (kind) => {
      await bench.lab.fault('jumpgate', 'fake-receipt', { stage: 'paid', kind })
      const { paid } = await bench.moved(async () => {
        expect(await startCall(page, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
      })
      expect(paid).toBe(0n)
      // Long enough for several looks at the chain.
      await new Promise((done) => setTimeout(done, 12_000))
      const row = await bench.newestRow()
      expect(row.settledBy).not.toBe('chain')
      expect(row.payment.check?.finding).not.toBe('used-transfer-found')
    },
  )
})

describe('a gateway that collects authorizations and settles none', () => {
  it('holds the amount until the chain’s clock is past the window, and no longer', async () => {
    await bench.lab.fault('jumpgate', 'no-settle', { stage: 'paid' })
    const { paid } = await bench.moved(async () => {
      expect(await startCall(page, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
    })
    expect(paid).toBe(0n)
    const { id } = await bench.newestRow()
    const held = await bench.rowWhen((row) => row.id === id && row.payment.check !== null)
    expect(held).toMatchObject({ money: 'live', payment: { state: 'presented' } })
    await bench.lab.warp('eip155:8453', 310)
    await bench.driver.moveClock(310)
    const row = await bench.rowWhen((one) => one.id === id && one.money === 'released', 60_000)
    expect(row.payment).toMatchObject({ state: 'released', charged: '0' })
  })
})
