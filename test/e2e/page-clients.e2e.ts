/** What site authors have already, unmodified from npm: each logical request is paid once, whatever the client does. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'

let bench: Bench
let page: Page
let asked = 0

beforeAll(async () => {
  bench = await openBench()
})
afterAll(() => bench?.close())
beforeEach(async () => {
  await page?.close()
  await bench.lab.clearFaults()
  await bench.lab.clearCounters()
})

/** Opens an example on a site of its own. */
async function openExample(name: string): Promise<void> {
  page = await bench.openSite()
  const { host } = new URL(page.url())
  await page.goto(`http://${host}/${name}/index.html`)
}

/** As the server counted. Chromium itself sends a request again whose reused connection broke: the same payment. */
const counts = async () => {
  const { jumpgate } = await bench.lab.counters()
  const paying = jumpgate?.requests.filter(({ hasPayment }) => hasPayment) ?? []
  return { paid: new Set(paying.map(({ nonce }) => nonce)).size, settled: jumpgate?.settled }
}
const status = (words: string | RegExp) =>
  page.getByRole('status').filter({ hasText: words }).waitFor({ timeout: 30_000 })
const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

async function ask(question: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Your question' }).fill(question)
  await press('Ask')
}

describe('the OpenAI client', () => {
  beforeEach(() => openExample('openai'))

  async function askWith(question: string, options: { stream: boolean; tools?: boolean; retries: number }) {
    await page.getByRole('checkbox', { name: 'Stream' }).setChecked(options.stream)
    await page.getByRole('checkbox', { name: 'Offer a weather tool' }).setChecked(options.tools ?? false)
    await page.getByRole('spinbutton', { name: 'Retries' }).fill(String(options.retries))
    await ask(question)
  }

  it.each([
    [true, 0],
    [true, 2],
    [false, 0],
    [false, 2],
  ])('answers with stream %s and %d retries, for one payment', async (stream, retries) => {
    await askWith(`Why is the sky blue? ${asked++}`, { stream, retries })
    await (await bench.driver.nextApproval()).approve()
    await status('Done')
    expect(((await page.locator('#text').textContent()) ?? '').length).toBeGreaterThan(40)
    expect(await counts()).toEqual({ paid: 1, settled: 1 })
    expect(JSON.parse((await page.locator('#receipt').textContent()) ?? '{}')).toMatchObject({
      receipt: { outcome: 'settled' },
    })
  })

  it.each([true, false])('runs tools with stream %s: one payment a round', async (stream) => {
    await askWith(`What is the weather in Rome? ${asked++}`, { stream, tools: true, retries: 2 })
    await (await bench.driver.nextApproval()).approve({ budget: true })
    await status('Done')
    expect(await counts()).toEqual({ paid: 2, settled: 2 })
  })

  it('is refused once: no retry asks again', async () => {
    await askWith(`Refuse me ${asked++}`, { stream: true, retries: 2 })
    await (await bench.driver.nextApproval()).reject()
    await status(/^403/)
    await page.waitForTimeout(3000)
    expect(bench.driver.approvalWindows()).toBe(0)
    expect(await counts()).toEqual({ paid: 0, settled: 0 })
  })

  it('is stopped in mid-answer: the one payment stands', async () => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 20 })
    try {
      await askWith(`words 200 please ${asked++}`, { stream: true, retries: 2 })
      await (await bench.driver.nextApproval()).approve()
      await expect
        .poll(async () => (await page.locator('#text').textContent())?.length ?? 0, { timeout: 20_000 })
        .toBeGreaterThan(5)
      await press('Stop')
      await status('Stopped.')
      await page.waitForTimeout(2000)
      expect(await counts()).toEqual({ paid: 1, settled: 1 })
    } finally {
      await bench.lab.rate('jumpgate', { tokensPerSecond: 0 })
    }
  })

  it.each([
    ['status-500', { stage: 'paid' }],
    ['status-429', { stage: 'paid' }],
    ['settle-then-500', { stage: 'paid' }],
    ['settle-then-drop', { stage: 'paid' }],
  ])('after %s its two retries do not pay again', async (fault, more) => {
    await bench.lab.fault('jumpgate', fault, { count: 10, ...more })
    await askWith(`Fail ${fault} ${asked++}`, { stream: true, retries: 2 })
    await (await bench.driver.nextApproval()).approve()
    await status(/^424/)
    await page.waitForTimeout(3000)
    expect((await counts()).paid).toBe(1)
    expect(bench.driver.approvalWindows()).toBe(0)
  })

  it('retries by itself when no price came; the click was used up, so nothing is asked and nothing is paid', async () => {
    await bench.lab.fault('jumpgate', 'status-500', { stage: 'quote' })
    await askWith(`Retry before ${asked++}`, { stream: true, retries: 2 })
    await status(/^403/)
    expect(await counts()).toEqual({ paid: 0, settled: 0 })
    expect(bench.driver.approvalWindows()).toBe(0)
  })

  it('retries by itself within a budget, for one payment', async () => {
    await askWith(`With a budget ${asked++}`, { stream: true, retries: 2 })
    await (await bench.driver.nextApproval()).approve({ budget: true })
    await status('Done')
    await bench.lab.clearCounters()
    await bench.lab.fault('jumpgate', 'status-500', { stage: 'quote' })
    await askWith(`Again ${asked++}`, { stream: true, retries: 2 })
    await expect.poll(counts, { timeout: 20_000 }).toEqual({ paid: 1, settled: 1 })
    await status('Done')
  })
})

describe('the Vercel AI SDK', () => {
  beforeEach(() => openExample('ai-sdk'))

  it('streams a conversation of two answers for two payments', async () => {
    await ask(`What is a lighthouse? ${asked++}`)
    await (await bench.driver.nextApproval()).approve({ budget: true })
    await status('Done')
    await ask(`And who keeps it? ${asked++}`)
    await status('Done')
    await expect.poll(() => page.getByRole('listitem').count()).toBe(4)
    await expect.poll(counts).toEqual({ paid: 2, settled: 2 })
  })

  it('is refused once: its default retries do not ask again', async () => {
    await ask(`Refuse ${asked++}`)
    await (await bench.driver.nextApproval()).reject()
    await status(/^403/)
    await page.waitForTimeout(3000)
    expect(bench.driver.approvalWindows()).toBe(0)
    expect(await counts()).toEqual({ paid: 0, settled: 0 })
  })

  it.each(['status-500', 'status-429', 'settle-then-500'])(
    'after %s its default retries do not pay again',
    async (fault) => {
      await bench.lab.fault('jumpgate', fault, { stage: 'paid', count: 10 })
      await ask(`Fail ${fault} ${asked++}`)
      await (await bench.driver.nextApproval()).approve()
      await status(/^424/)
      await page.waitForTimeout(4000)
      expect((await counts()).paid).toBe(1)
    },
  )

  it('is stopped in mid-answer: the one payment stands', async () => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 20 })
    try {
      await ask(`words 200 please ${asked++}`)
      await (await bench.driver.nextApproval()).approve()
      await expect
        .poll(async () => (await page.getByRole('listitem').last().textContent())?.length ?? 0, {
          timeout: 20_000,
        })
        .toBeGreaterThan(30)
      await press('Stop')
      await status('Stopped.')
      expect(await counts()).toEqual({ paid: 1, settled: 1 })
    } finally {
      await bench.lab.rate('jumpgate', { tokensPerSecond: 0 })
    }
  })
})
