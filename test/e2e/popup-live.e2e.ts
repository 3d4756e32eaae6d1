/** The popup beside a running answer: money moves before the person's eyes, a lowered budget holds at once, and a long history scrolls without a stutter. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'
import { ask, chatBody, clickIn, startCall } from './page-api.ts'

/** Rows of the long history. */
const ROWS = 100_000
/** Longest that one task may keep the page from answering, in ms. Source: the Long Tasks API's bound. */
const LONG_TASK_MS = 50

let bench: Bench
let site: Page

beforeAll(async () => {
  bench = await openBench()
  site = await bench.openSite()
  await clickIn(site)
  const granted = ask(site, 'requestBudget', { cap: '0.05', period: 'day', maxPerRequest: '0.01' })
  await (await bench.driver.nextApproval()).approve()
  await granted
  // The payee is approved once; from then on the budget decides.
  expect(await bench.pay(site, 'The first question')).toMatchObject({ kind: 'answer' })
})
afterAll(() => bench?.close())

/** What the first screen says of today's dollars and of the newest request. */
async function lookAt(home: Page): Promise<string> {
  const meter = await home
    .getByRole('meter', { name: 'US dollars (USDC)' })
    .first()
    .getAttribute('aria-valuetext')
  const held = /, (.*) on hold$/.exec(meter ?? '')?.[1] === '$0.00' ? 'nothing held' : 'held'
  const row = await home.getByRole('list', { name: 'Latest' }).getByRole('listitem').first().innerText()
  return `${held}, ${/on hold|paying|reported|confirmed/.exec(row)?.[0] ?? row}`
}

describe('the popup during a stream', () => {
  it('shows the money go on hold, and from there to what was charged', async () => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 60, delayMs: 2000 })
    const home = await bench.driver.openPopup()
    await home.getByRole('meter', { name: 'US dollars (USDC)' }).first().waitFor()
    const seen = [await lookAt(home)]
    const call = startCall(site, { body: chatBody('words 90', { max_tokens: 100 }) })
    let over = false
    void call.done.then(() => {
      over = true
    })
    while (!over) {
      const now = await lookAt(home)
      if (now !== seen.at(-1)) seen.push(now)
    }
    expect(await call.done).toMatchObject({ kind: 'answer' })
    await expect.poll(() => lookAt(home)).toMatch(/^nothing held, (reported|confirmed)$/)
    expect(
      seen.some((look) => /^held, (paying|on hold)$/.test(look)),
      seen.join(' → '),
    ).toBe(true)
    await home.close()
  })

  it('lowers a budget for the very next payment, while others run', async () => {
    await bench.lab.rate('jumpgate', { tokensPerSecond: 0, delayMs: 2500 })
    const origin = new URL(site.url()).origin
    const running = startCall(site, {
      body: chatBody('Runs while the budget is lowered', { max_tokens: 100 }),
    })
    const popup = await bench.driver.openPopup(`#/sites/${encodeURIComponent(origin)}`)
    await popup.getByRole('button', { name: 'Edit' }).click()
    await popup.getByRole('textbox', { name: /^Budget/ }).fill('0.000001')
    await popup.getByRole('textbox', { name: /^At most per request/ }).fill('0.000001')
    await popup.getByRole('button', { name: 'Save' }).click()
    await popup.getByRole('dialog').waitFor({ state: 'detached' })
    const left = () => popup.getByRole('meter').first().getAttribute('aria-valuetext')
    await expect.poll(left).toMatch(/^\$0\.00 left of \$0\.000001/)
    await running.done
    const { paid } = await bench.moved(async () => {
      const call = await bench.ask(site, 'Asked after it was lowered')
      const question = await bench.questionOf(call)
      expect(question.text).toContain('more than')
      await question.reject()
      expect(await call.done).toMatchObject({ kind: 'error', charged: 'no' })
    })
    expect(paid).toBe(0n)
    await popup.close()
  })
})

/** Ids and texts of what reaches beyond the page's own width, to the left or to the right. */
function beyondWidth(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const scrolls = document.documentElement.scrollWidth > document.documentElement.clientWidth
    if (!scrolls) return []
    return [...document.querySelectorAll('main *')]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1)
      .map((element) => `${element.className}: ${element.textContent?.slice(0, 40)}`)
  })
}

describe('for those who see or move otherwise', () => {
  it('reads in one column at 400 % zoom, shows the focus, and keeps still where that is wished', async () => {
    const page = await bench.driver.openPopup()
    await page.emulateMedia({ reducedMotion: 'reduce' })
    // 1280 × 1024 at 400 %. Source: WCAG 2.2, 1.4.10.
    await page.setViewportSize({ width: 320, height: 256 })
    const origin = encodeURIComponent(new URL(site.url()).origin)
    for (const route of [
      '',
      'sites',
      `sites/${origin}`,
      'history',
      'insights',
      'settings',
      'settings/limits',
    ]) {
      await page.evaluate((to) => {
        location.hash = `#/${to}`
      }, route)
      await page.getByRole('heading', { level: 1 }).first().waitFor()
      await page.waitForTimeout(300)
      expect(await beyondWidth(page), route).toEqual([])
    }
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const style = getComputedStyle(document.activeElement ?? document.body)
      return { outline: style.outlineStyle, width: Number.parseFloat(style.outlineWidth) }
    })
    expect(focused.outline).not.toBe('none')
    expect(focused.width).toBeGreaterThan(0)
    const moving = await page.evaluate(
      () =>
        [...document.querySelectorAll('*')].filter((element) => {
          const { transitionDuration, animationDuration } = getComputedStyle(element)
          return [transitionDuration, animationDuration].some((text) => Number.parseFloat(text) > 0.01)
        }).length,
    )
    expect(moving).toBe(0)
    await page.close()
  })
})

/** Copies the newest request under other names and times, straight into the database. */
function seedRows(page: Page, count: number): Promise<void> {
  return page.evaluate(async (rows) => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
    const database = await wait(indexedDB.open('x402-chat-ledger'))
    const read = database.transaction('requests').objectStore('requests')
    const [sample] = (await wait(read.getAll(null, 1))) as { createdAtMs: number }[]
    if (!sample) throw new Error('There is no request to copy')
    for (let start = 0; start < rows; start += 5000) {
      const tx = database.transaction('requests', 'readwrite', { durability: 'relaxed' })
      const store = tx.objectStore('requests')
      for (let index = start; index < Math.min(rows, start + 5000); index += 1) {
        const createdAtMs = sample.createdAtMs - 60_000 * (index + 1)
        const names = { id: `seed-${index}`, idempotencyKey: `seed-${index}` }
        store.put({ ...sample, ...names, createdAtMs, recency: -createdAtMs })
      }
      await new Promise<void>((done, fail) => {
        tx.oncomplete = () => done()
        tx.onabort = () => fail(tx.error)
      })
    }
    database.close()
  }, count)
}

interface TraceEvent {
  readonly name: string
  readonly pid: number
  readonly tid: number
  /** Processor time, in µs. */
  readonly tdur?: number
  readonly args?: { readonly name?: string }
}

/** Notes each task of the pages' main threads by its processor time in ms: other programs on the machine count for nothing. */
async function traceTasks(page: Page): Promise<() => Promise<readonly number[]>> {
  const session = await page.context().newCDPSession(page)
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  const categories = ['toplevel', 'disabled-by-default-devtools.timeline', '__metadata']
  await session.send('Tracing.start', { traceConfig: { includedCategories: categories } })
  return async () => {
    const complete = new Promise<void>((done) => session.once('Tracing.tracingComplete', () => done()))
    await session.send('Tracing.end')
    await complete
    const main = new Set(
      events
        .filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
        .map(({ pid, tid }) => `${pid} ${tid}`),
    )
    return events
      .filter(({ name, pid, tid }) => name.endsWith('RunTask') && main.has(`${pid} ${tid}`))
      .map(({ tdur = 0 }) => tdur / 1000)
  }
}

describe('a history of 100,000 rows', () => {
  it('scrolls without a task that a person would notice', async () => {
    const page = await bench.driver.openPopup('#/history')
    await page.getByRole('list', { name: /^Rows 1 to/ }).waitFor()
    await seedRows(page, ROWS)
    await page.reload()
    await page.getByRole('list', { name: 'Rows 1 to 25' }).waitFor()
    const stopTracing = await traceTasks(page)
    await page.mouse.move(600, 400)
    const box = page.getByRole('list', { name: /^Rows / })
    for (let turn = 0; turn < 40; turn += 1) {
      await page.mouse.wheel(0, 600)
      await page.waitForTimeout(50)
    }
    expect(await box.last().getAttribute('aria-label')).toMatch(/^Rows (\d{3}|\d,\d{3})/)
    const tasks = await stopTracing()
    expect(tasks.length).toBeGreaterThan(100)
    expect(tasks.filter((ms) => ms > LONG_TASK_MS)).toEqual([])
    await page.close()
  })
})
