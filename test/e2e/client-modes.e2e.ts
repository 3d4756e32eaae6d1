/** Npm clients with their default retries: in every mode one logical request is one payment, by the server and by the chain. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { bundle } from '../bench/bundle.ts'
import { type Bench, openBench } from './bench.ts'
import { chatBody } from './page-api.ts'
import { servePages } from './pages/serve-pages.ts'

const SITE = 'https://clients.localhost'
const OTHER_SITE = 'https://clients-without.localhost'
const SINGLE = ['ai generateText', 'ai streamText', 'openai create', 'openai stream']
/** The examples' pages stream; their failures in that mode are tested there. */
const WHOLE = ['ai generateText', 'openai create']
const WITH_TOOLS = ['ai tools', 'ai streamed tools', 'openai tools']

type Outcome = { readonly text: string } | { readonly error: string }

let bench: Bench
/** A page with a budget, so that nothing but the clients' own doing decides how often is paid. */
let page: Page
let asked = 0

beforeAll(async () => {
  bench = await openBench()
  const body = '<p>A page</p><script src="/clients.js"></script>'
  const script = await bundle('../e2e/pages/client-page.ts')
  await servePages(
    bench.driver.context,
    Object.fromEntries(
      [SITE, OTHER_SITE].flatMap((site) => [
        [`${site}/`, body],
        [`${site}/clients.js`, script],
      ]),
    ),
  )
  page = await bench.driver.open(`${SITE}/`)
  const call = await bench.ask(page, '', { body: chatBody('The first of the clients') })
  await (await bench.driver.nextApproval()).approve({ budget: true })
  expect(await call.done).toMatchObject({ kind: 'answer' })
})
afterAll(() => bench?.close())
beforeEach(async () => {
  await bench.lab.clearFaults()
  await bench.lab.rate('jumpgate', { tokensPerSecond: 0 })
  await bench.lab.clearCounters()
})

function run(place: Page, mode: string, abortAfterMs?: number): Promise<Outcome> {
  const prompt = `Client question ${String(asked++).padStart(4, '0')}, in words 120`
  return place.evaluate(
    ([name, words, ms]) =>
      (window as unknown as { run(...values: unknown[]): Promise<Outcome> }).run(name, words, ms),
    [mode, prompt, abortAfterMs] as const,
  )
}

/** Payments by the server's own count, and the transfers that the chain holds of them. */
async function payments(work: () => Promise<unknown>) {
  const { paid, earned } = await bench.moved(async () => {
    await work()
    await bench.rowWhen(({ money }) => money === 'settled', 40_000)
  })
  expect(paid).toBe(earned)
  const { jumpgate } = await bench.lab.counters()
  const paying = jumpgate?.requests.filter(({ hasPayment }) => hasPayment) ?? []
  const rows = (await bench.driver.ledger()).slice(0, new Set(paying.map(({ nonce }) => nonce)).size)
  expect(rows.reduce((sum, { cost }) => sum + BigInt(cost ?? '0'), 0n)).toBe(paid)
  return { paid: rows.length, settled: jumpgate?.settled }
}

describe('with a budget', () => {
  it.each(SINGLE)('%s: one payment', async (mode) => {
    const counted = await payments(async () => {
      const outcome = await run(page, mode)
      expect('text' in outcome && outcome.text.length).toBeGreaterThan(200)
    })
    expect(counted).toEqual({ paid: 1, settled: 1 })
  })

  it.each(WITH_TOOLS)('%s: one payment for each of the two rounds', async (mode) => {
    const counted = await payments(async () => {
      const outcome = await run(page, mode)
      expect('text' in outcome && outcome.text.length).toBeGreaterThan(200)
    })
    expect(counted).toEqual({ paid: 2, settled: 2 })
  })

  it.each(WHOLE)('%s, where the gateway takes the money and answers 500: one payment', async (mode) => {
    await bench.lab.fault('jumpgate', 'settle-then-500', { stage: 'paid', count: 20 })
    const counted = await payments(async () => {
      expect(await run(page, mode)).toEqual({ error: '424' })
    })
    expect(counted).toEqual({ paid: 1, settled: 1 })
  })

  it.each(SINGLE)('%s, where no price comes at first: repeated by itself, for one payment', async (mode) => {
    await bench.lab.fault('jumpgate', 'status-500', { stage: 'quote', count: 1 })
    const counted = await payments(async () => {
      const outcome = await run(page, mode)
      expect('text' in outcome && outcome.text.length).toBeGreaterThan(200)
    })
    expect(counted).toEqual({ paid: 1, settled: 1 })
  })

  it.each(SINGLE)('%s, given up in mid-answer: one payment', async (mode) => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 20 })
    const counted = await payments(async () => {
      const running = run(page, mode, 2500)
      await expect.poll(async () => (await bench.newestRow()).answer, { timeout: 10_000 }).toBe('streaming')
      // Both clients end an aborted stream of text without throwing.
      const outcome = await running
      if ('text' in outcome) expect(outcome.text.length).toBeLessThan(400)
      else expect(outcome.error).toMatch(/^(AbortError|Error)$/)
    })
    expect(counted).toEqual({ paid: 1, settled: 1 })
  })
})

describe('without a budget', () => {
  it.each(SINGLE)('%s without a click: refused once, and nothing is asked', async (mode) => {
    const other = await bench.driver.open(`${OTHER_SITE}/`)
    expect(await run(other, mode)).toEqual({ error: '403' })
    expect(bench.driver.approvalWindows()).toBe(0)
    expect((await bench.lab.counters()).jumpgate).toMatchObject({ quote: 0, paid: 0 })
    await other.close()
  })
})
