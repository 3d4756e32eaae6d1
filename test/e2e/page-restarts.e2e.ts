/** The worker dies before, during and after a call: the page's promise ends, and nobody pays twice. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'
import { ask, type CallResult, chatBody, type StartedCall, startCall } from './page-api.ts'

let bench: Bench
/** A page with a budget. */
let page: Page
let asked = 0
const fresh = () => chatBody(`Restart question ${asked++}`)

beforeAll(async () => {
  bench = await openBench({ backForwardCache: true })
  page = await bench.openSite()
  const call = await bench.ask(page, '', { body: fresh() })
  await (await bench.driver.nextApproval()).approve({ budget: true })
  expect(await call.done).toMatchObject({ kind: 'answer' })
})
afterAll(() => bench?.close())
beforeEach(async () => {
  await bench.lab.clearFaults()
  await bench.lab.rate('jumpgate', { tokensPerSecond: 0, delayMs: 0 })
  await bench.lab.clearCounters()
})

/** Payments of the server's own count: a browser may send the same one twice over a connection that broke. */
async function payments(): Promise<number> {
  const { jumpgate } = await bench.lab.counters()
  const paying = jumpgate?.requests.filter(({ hasPayment }) => hasPayment) ?? []
  return new Set(paying.map(({ nonce }) => nonce)).size
}

/** Throws where the call hangs. */
function ended({ done }: StartedCall): Promise<CallResult> {
  const late = new Promise<never>((_, fail) => {
    setTimeout(() => fail(new Error('the call hangs')), 45_000).unref()
  })
  return Promise.race([done, late])
}

function expectAnswerOr(result: CallResult, type: string): void {
  if (result.kind === 'error') expect(result).toMatchObject({ name: 'X402ChatError', type })
  else expect(result).toMatchObject({ finish: 'stop' })
}

describe('the worker dies', () => {
  it('before the call: the call wakes the next one', async () => {
    await bench.driver.killWorker()
    expect(await ended(startCall(page, { body: fresh() }))).toMatchObject({ kind: 'answer', finish: 'stop' })
    expect(await payments()).toBe(1)
  })

  it('while the price is awaited: the call starts again by itself', async () => {
    await bench.lab.rate('jumpgate', { delayMs: 1500 })
    const call = startCall(page, { body: fresh() })
    await page.waitForTimeout(700)
    await bench.driver.killWorker()
    expect(await ended(call)).toMatchObject({ kind: 'answer', finish: 'stop' })
    expect(await payments()).toBe(1)
  })

  it('while the person is asked: the question comes again, and its yes is the only one', async () => {
    const other = await bench.openSite()
    const call = await bench.ask(other, '', { body: fresh() })
    await bench.driver.nextApproval()
    await bench.driver.killWorker()
    expect(await bench.approveUntilEnd(call)).toMatchObject({ kind: 'answer', finish: 'stop' })
    expect(await payments()).toBe(1)
    await bench.expectNoWindow()
    await other.close()
  })

  it.each([0, 400, 1200])('%d ms into an answer: the rest of it, or a typed error', async (waitMs) => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 30 })
    const call = startCall(page, { body: fresh() })
    await expect.poll(async () => (await bench.newestRow()).answer).toBe('streaming')
    await page.waitForTimeout(waitMs)
    await bench.driver.killWorker()
    await bench.lab.rate('jumpgate', { tokensPerSecond: 0 })
    expectAnswerOr(await ended(call), 'paid_no_answer')
    expect(await payments()).toBe(1)
  })

  it('again and again in one call: it ends', async () => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 10, delayMs: 300 })
    const call = startCall(page, { body: fresh() })
    for (let death = 0; death < 5; death += 1) {
      await page.waitForTimeout(300)
      await bench.driver.killWorker()
    }
    await bench.lab.rate('jumpgate', { tokensPerSecond: 0, delayMs: 0 })
    const result = await ended(call)
    if (result.kind === 'error') expect(['paid_no_answer', 'disconnected']).toContain(result.type)
    expect(await payments()).toBeLessThanOrEqual(1)
  })

  it('after the call: its repeat never pays again', async () => {
    const body = fresh()
    const options = { idempotencyKey: 'after-the-call' }
    const first = await ended(startCall(page, { body, options }))
    expect(first).toMatchObject({ kind: 'answer' })
    await bench.driver.killWorker()
    const again = await ended(startCall(page, { body, options }))
    if (again.kind === 'error') expect(again.type).toBe('paid_no_answer')
    else expect(again.text).toBe(first.text)
    expect(await payments()).toBe(1)
  })

  it('under every other method: each ends in its value', async () => {
    const calls = Promise.all([
      ask<unknown[]>(page, 'models.list'),
      ask<object>(page, 'getBudget', {}),
      ask<unknown[]>(page, 'receipts.list', {}),
      ask<string>(page, 'availability', {}),
      ask<object>(page, 'quote', fresh()),
    ])
    await bench.driver.killWorker()
    const [models, budget, receipts, availability, quote] = await calls
    expect(models.length).toBeGreaterThan(0)
    expect(budget).toMatchObject({ origin: new URL(page.url()).origin })
    expect(receipts.length).toBeGreaterThan(0)
    expect(availability).toBe('available')
    expect(quote).toMatchObject({ needsApproval: false })
  })
})

describe('the page leaves and comes back by the back/forward cache', () => {
  /** Calls before it goes, and notes in the page itself what came of it. */
  async function leaveDuring(script: string, whenToLeave: () => Promise<unknown>): Promise<void> {
    await page.evaluate(`
      addEventListener('pageshow', (event) => { window.persisted = event.persisted }, { once: true })
      window.ended = null
      void (async () => { ${script} })().then(
        (value) => { window.ended = { value } },
        ({ type, charged }) => { window.ended = { type, charged } },
      )`)
    await whenToLeave()
    await page.goto(bench.lab.info.urls.site)
    await page.waitForTimeout(500)
    // A document that was kept does not load again.
    await page.goBack({ waitUntil: 'commit' })
    await expect.poll(() => page.evaluate('window.persisted')).toBe(true)
  }
  const ends = () => expect.poll(() => page.evaluate('window.ended'), { timeout: 30_000 })

  it('after a call: the next one answers', async () => {
    await leaveDuring('return (await x402Chat.models.list()).length > 0', () =>
      ends().toEqual({ value: true }),
    )
    expect((await ask<unknown[]>(page, 'models.list')).length).toBeGreaterThan(0)
    expect(await ask(page, 'getBudget', {})).toMatchObject({ origin: new URL(page.url()).origin })
    expect(await ended(startCall(page, { body: fresh() }))).toMatchObject({ kind: 'answer', finish: 'stop' })
  })

  it('only in the words of the page itself: its answer goes on undisturbed', async () => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 30 })
    const call = startCall(page, { body: fresh() })
    await expect.poll(async () => (await bench.newestRow()).answer).toBe('streaming')
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    await bench.lab.rate('jumpgate', { tokensPerSecond: 0 })
    expect(await ended(call)).toMatchObject({ kind: 'answer', finish: 'stop' })
    expect(await payments()).toBe(1)
  })

  it('during a paid answer: it ends, and is paid for once', async () => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 5 })
    await leaveDuring(
      `for await (const _ of await x402Chat.chat.completions.create(${JSON.stringify(fresh())}));
       return 'whole'`,
      () => expect.poll(async () => (await bench.newestRow()).answer).toBe('streaming'),
    )
    await ends().toMatchObject({ type: 'paid_no_answer', charged: 'yes' })
    expect(await payments()).toBe(1)
  })
})
