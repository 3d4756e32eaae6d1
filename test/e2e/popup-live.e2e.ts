/**
 * The popup beside a running answer: money moves before the person's eyes, a lowered budget holds at once, and a long history
 * scrolls without a stutter, is filtered, and written to files.
 */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'
import {
  csvRowOf,
  exported,
  type RawRequest,
  readCsv,
  requestsOf,
  seedRows,
  shownIds,
} from './history-by-hand.ts'
import { ask, chatBody, clickIn, startCall } from './page-api.ts'

/** Rows of the long history. */
const ROWS = 100_000
/** A model beside the one that is asked elsewhere in this file. */
const OTHER_MODEL = 'ambient/mini'
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
  let otherSite: Page

  beforeAll(async () => {
    otherSite = await bench.openSite()
    const body = chatBody('Of another site, to another model', { model: OTHER_MODEL })
    expect(await bench.pay(otherSite, '', { body })).toMatchObject({ kind: 'answer' })
    const page = await bench.driver.openPopup('#/history')
    await page.getByRole('list', { name: /^Rows 1 to/ }).waitFor()
    await seedRows(page, ROWS)
    await page.close()
  })

  it('scrolls without a task that a person would notice', async () => {
    const page = await bench.driver.openPopup('#/history')
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

  it('is filtered and written to files as a query by hand says', async () => {
    const page = await bench.driver.openPopup('#/history')
    const day = await dayBefore(page, 3)
    const rows = await requestsOf(page, day)
    expect(rows.length).toBeGreaterThan(1000)
    const site = new URL(otherSite.url()).origin
    const summary = page.locator('summary')
    const choose = (field: string, value: string) =>
      page.getByRole('combobox', { name: field, exact: true }).selectOption(value)
    const cases: readonly {
      readonly set: () => Promise<unknown>
      readonly fits: (row: RawRequest) => boolean
    }[] = [
      { set: () => choose('Site', site), fits: (row) => row.principal === site },
      { set: () => choose('Money', 'released'), fits: (row) => row.money === 'released' },
      {
        set: async () => {
          await choose('Model', OTHER_MODEL)
          await choose('Currency', 'OPG')
        },
        fits: (row) => row.model === OTHER_MODEL && row.currency === 'OPG',
      },
      {
        set: async () => {
          await choose('Currency', 'USDC')
          await page.getByRole('searchbox', { name: 'Search the history' }).fill('Seed-41')
        },
        fits: (row) => row.currency === 'USDC' && row.id.includes('seed-41'),
      },
    ]
    for (const { set, fits } of cases) {
      if (!(await page.getByLabel('From').isVisible())) await summary.click()
      await page.getByLabel('From').fill(day)
      await page.getByLabel('To', { exact: true }).fill(day)
      await set()
      const wanted = rows.filter(fits)
      expect(wanted.length).toBeGreaterThan(10)
      expect(wanted.length).toBeLessThan(rows.length)
      const top = wanted.slice(0, 25).map(({ id }) => id)
      await expect.poll(async () => (await shownIds(page)).slice(0, 25)).toEqual(top)
      expect(readCsv(await exported(page, 'Export CSV'))).toEqual(wanted.map(csvRowOf))
      const json: readonly RawRequest[] = JSON.parse(await exported(page, 'Export JSON'))
      expect(json.map(({ id, cost, money }) => ({ id, cost, money }))).toEqual(
        wanted.map(({ id, cost, money }) => ({ id, cost, money })),
      )
      await page.getByRole('button', { name: 'Show everything' }).click()
    }
    await page.close()
  })

  it('says how far a file has come, and stops writing it when told to', async () => {
    const page = await bench.driver.openPopup('#/history')
    await page.getByRole('list', { name: 'Rows 1 to 25' }).waitFor()
    let files = 0
    page.on('download', () => {
      files += 1
    })
    await page.getByRole('button', { name: 'Export CSV' }).click()
    const written = async () => {
      const label = await page.getByRole('progressbar').getAttribute('aria-label')
      return Number(/^([\d,]+) rows written/.exec(label ?? '')?.[1]?.replace(',', '') ?? 0)
    }
    await expect.poll(written).toBeGreaterThan(0)
    const first = await written()
    await expect.poll(written).toBeGreaterThan(first)
    await page.getByRole('button', { name: 'Cancel' }).click()
    await page.getByRole('button', { name: 'Export CSV' }).waitFor()
    expect(files).toBe(0)
    await page.close()
  })
})

/** A local day of the browser, as its date fields write it. */
function dayBefore(page: Page, days: number): Promise<string> {
  return page.evaluate((back) => {
    const now = new Date()
    const day = new Date(now.getFullYear(), now.getMonth(), now.getDate() - back)
    const two = (part: number) => String(part).padStart(2, '0')
    return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`
  }, days)
}
