/** Budgets under load: whatever a site does at once, the chain never moves more than the person allowed. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'
import { ask, chatBody, clickIn, type StartedCall, startCall } from './page-api.ts'

let bench: Bench
let asked = 0
const MAX_TOKENS = 100
/** A cheap question, never asked before. */
const cheap = () =>
  chatBody(`Budget question ${String(asked++).padStart(6, '0')}`, { max_tokens: MAX_TOKENS })

beforeAll(async () => {
  bench = await openBench()
  // The payee is approved once; from then on budgets decide.
  expect(await bench.pay(await bench.openSite(), 'The first question')).toMatchObject({ kind: 'answer' })
})
afterAll(() => bench?.close())
beforeEach(() => bench.lab.clearFaults())

/** A site with a budget of so many dollars in all. */
async function siteWithBudget(cap: string): Promise<Page> {
  const page = await bench.openSite()
  await clickIn(page)
  const granted = ask<{ cap: string }>(page, 'requestBudget', { cap, period: 'day', maxPerRequest: '0.002' })
  await (await bench.driver.nextApproval()).approve()
  expect((await granted).cap).toBe(cap)
  return page
}

/** Starts so many calls in one tick of the page. */
function burst(page: Page, bodies: readonly object[]): StartedCall['done'][] {
  return bodies.map((body) => startCall(page, { body }).done)
}

/** Starts them all in the same task of the page's own script, and counts how they end. */
function burstInOneTick(page: Page, bodies: readonly object[]): Promise<Record<string, number>> {
  return page.evaluate(async (all) => {
    interface Api {
      chat: { completions: { create(body: unknown): Promise<AsyncIterable<unknown>> } }
    }
    const { create } = (window as unknown as { x402Chat: Api }).x402Chat.chat.completions
    const ends: Record<string, number> = {}
    const note = (name: string) => {
      ends[name] = (ends[name] ?? 0) + 1
    }
    const run = async (call: Promise<AsyncIterable<unknown>>) => {
      try {
        for await (const _ of await call);
        note('answer')
      } catch (error) {
        note((error as { type?: string }).type ?? String(error))
      }
    }
    await Promise.all(all.map((body) => create(body)).map(run))
    return ends
  }, bodies as object[])
}

const originOf = (page: Page) => new URL(page.url()).origin

/** What the ledger holds of a site: sums in atomic units and the greatest maximum. */
async function booked(page: Page) {
  const rows = (await bench.driver.ledger()).filter(({ principal }) => principal === originOf(page))
  const sum = (pick: (row: (typeof rows)[number]) => string | null) =>
    rows.reduce((total, row) => total + BigInt(pick(row) ?? '0'), 0n)
  return {
    rows,
    settled: sum((row) => (row.money === 'settled' ? row.cost : '0')),
    live: sum((row) => (row.money === 'live' ? row.held : '0')),
  }
}

describe('200 calls in one tick', () => {
  it('from one page: signatures fit the budget, and the chain agrees with the ledger to the unit', async () => {
    const page = await siteWithBudget('0.005')
    await bench.lab.clearCounters()
    let ends: Record<string, number> = {}
    const { paid, earned } = await bench.moved(async () => {
      ends = await burstInOneTick(page, Array.from({ length: 200 }, cheap))
    })
    const { settled, live, rows } = await booked(page)
    expect(Object.values(ends).reduce((a, b) => a + b, 0)).toBe(200)
    expect(ends.answer).toBeGreaterThan(0)
    expect(settled).toBe(paid)
    expect(earned).toBe(paid)
    expect(live).toBe(0n)
    expect(settled).toBeLessThanOrEqual(5000n)
    const price = BigInt(rows[0]?.cost ?? '0')
    const { jumpgate } = await bench.lab.counters()
    expect(jumpgate?.paid).toBeLessThanOrEqual(Number(5000n / price))
    expect(jumpgate?.settled).toBe(ends.answer)
    expect(bench.driver.approvalWindows()).toBeLessThanOrEqual(1)
    for (const window of bench.driver.context.pages())
      if (window.url().includes('approval.html')) await window.close()
  })

  it('from ten tabs of one site, over and over: the budget is spent, and never passed', async () => {
    const first = await siteWithBudget('0.004')
    const tabs = [first]
    while (tabs.length < 10) tabs.push(await bench.driver.open(first.url()))
    await bench.lab.clearCounters()
    const { paid } = await bench.moved(async () => {
      for (let round = 0; round < 3; round += 1) {
        await Promise.all(tabs.map((tab) => burstInOneTick(tab, Array.from({ length: 20 }, cheap))))
        await new Promise((done) => setTimeout(done, 1100))
      }
    })
    const { settled, live } = await booked(first)
    expect(settled).toBe(paid)
    expect(live).toBe(0n)
    expect(settled).toBeLessThanOrEqual(4000n)
    // Less than one more price is left.
    expect(4000n - settled).toBeLessThan(600n)
    await Promise.all(tabs.map((tab) => tab.close()))
  })
})

describe('while twenty calls are in flight', () => {
  it('the budget is given up, and nothing is signed after that', async () => {
    const page = await siteWithBudget('0.05')
    await bench.lab.rate('jumpgate', { delayMs: 1500 })
    try {
      await bench.lab.clearCounters()
      const calls = burst(
        page,
        Array.from({ length: 20 }, () => cheap()),
      )
      await expect.poll(async () => (await bench.lab.counters()).jumpgate?.quote).toBeGreaterThan(5)
      // A twenty-first call in the same second would be one too many.
      await new Promise((done) => setTimeout(done, 1050))
      await ask(page, 'revokeBudget', {})
      const at = (await bench.lab.counters()).jumpgate?.paid ?? 0
      for (const result of await Promise.all(calls)) {
        if (result.kind === 'error') expect(result.charged).toBe('no')
      }
      expect((await bench.lab.counters()).jumpgate?.paid).toBe(at)
    } finally {
      await bench.lab.rate('jumpgate', { delayMs: 0 })
    }
  })

  it('everything is frozen, and nothing is signed until the freeze is lifted', async () => {
    const page = await siteWithBudget('0.05')
    const popup = await bench.driver.openPopup()
    await bench.lab.rate('jumpgate', { delayMs: 1500 })
    try {
      await bench.lab.clearCounters()
      const calls = burst(
        page,
        Array.from({ length: 15 }, () => cheap()),
      )
      await expect.poll(async () => (await bench.lab.counters()).jumpgate?.quote).toBeGreaterThan(5)
      await popup.getByRole('button', { name: 'Freeze all spending' }).click()
      await popup.getByText('All spending is frozen').waitFor()
      const at = (await bench.lab.counters()).jumpgate?.paid ?? 0
      const results = await Promise.all(calls)
      expect((await bench.lab.counters()).jumpgate?.paid).toBe(at)
      expect(results.filter(({ kind }) => kind === 'error').length).toBeGreaterThan(0)
      const frozen = await startCall(page, { body: cheap() }).done
      expect(frozen).toMatchObject({ kind: 'error', code: 4100, type: 'locked', charged: 'no' })
    } finally {
      await bench.lab.rate('jumpgate', { delayMs: 0 })
      await popup.getByRole('button', { name: 'Lift the freeze' }).click()
      await popup.getByRole('button', { name: 'Freeze all spending' }).waitFor()
      await popup.close()
    }
    expect(await startCall(page, { body: cheap() }).done).toMatchObject({ kind: 'answer' })
  })
})

describe('a page that calls without end', () => {
  it('gets one window at most for 10,000 calls in ten seconds, and another site is served meanwhile', async () => {
    const noisy = await bench.openSite()
    const calm = await siteWithBudget('0.05')
    await clickIn(noisy)
    const flood = noisy.evaluate(async () => {
      interface Api {
        chat: { completions: { create(body: unknown): Promise<unknown> } }
      }
      const { create } = (window as unknown as { x402Chat: Api }).x402Chat.chat.completions
      const ends: Record<string, number> = {}
      const calls: Promise<void>[] = []
      for (let round = 0; round < 100; round += 1) {
        for (let index = 0; index < 100; index += 1) {
          const body = { model: 'ambient/large', messages: [{ role: 'user', content: `${round} ${index}` }] }
          const noted = create(body).then(
            () => 'answer',
            (error: { type?: string }) => error.type ?? String(error),
          )
          calls.push(
            noted.then((name) => {
              ends[name] = (ends[name] ?? 0) + 1
            }),
          )
        }
        await new Promise((done) => setTimeout(done, 100))
      }
      await Promise.race([Promise.all(calls), new Promise((done) => setTimeout(done, 5000))])
      return ends
    })
    const served = await startCall(calm, { body: cheap() }).done
    expect(served).toMatchObject({ kind: 'answer' })
    let most = 0
    const watch = setInterval(() => {
      most = Math.max(most, bench.driver.approvalWindows())
    }, 100)
    const ends = await flood
    clearInterval(watch)
    expect(most).toBeLessThanOrEqual(1)
    expect(ends.answer ?? 0).toBe(0)
    expect(ends.rate_limited).toBeGreaterThan(9000)
    expect(await startCall(calm, { body: cheap() }).done).toMatchObject({ kind: 'answer' })
    await noisy.close()
  })
})
