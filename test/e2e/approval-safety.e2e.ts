/** Only a person's attentive press approves, with windows that really have, get and lose the focus. */
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { ApprovalView } from '../../src/protocol/ui-views.ts'
import { askUi } from './ask-ui.ts'
import { type Bench, openBench } from './bench.ts'
import { openDisplay } from './display.ts'
import type { Approval } from './driver.ts'
import { type CallResult, chatBody } from './page-api.ts'

/** Baits press for so long, in ms; the window asks for a whole second of attention. Source: docs/SECURITY.md 16. */
const BAIT_MS = 600
/** A bait that took longer than this proves nothing, in ms: its last click may have come after the second. */
const IN_TIME_MS = 800

const display = await openDisplay()
const displayBefore = process.env.DISPLAY
let bench: Bench
let asked = 0

beforeAll(async () => {
  if (!display)
    return console.warn('Xvfb is not installed: whether the approval window is safe was NOT tested.')
  process.env.DISPLAY = display.name
  bench = await openBench({ headless: false })
  bench.driver.context.on('page', (page) => void feelFocus(bench.driver.context, page))
})
beforeEach(async (test) => {
  if (!display) return test.skip('Xvfb is not installed: without it no window really has the focus')
  await bench.lab.clearFaults()
  await bench.lab.clearCounters()
})
afterAll(async () => {
  await bench?.close()
  await display?.stop()
  if (displayBefore === undefined) delete process.env.DISPLAY
  else process.env.DISPLAY = displayBefore
})

/** Playwright makes every page believe that it has the focus; from now on it is asked of the window system. */
async function feelFocus(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setFocusEmulationEnabled', { enabled: false })
}

interface Question {
  readonly site: Page
  readonly done: Promise<CallResult>
  readonly approval: Approval
  readonly yes: Locator
}

/** A site of its own asks, and the window shows its question. */
async function question(): Promise<Question> {
  const site = await bench.openSite()
  const { done } = await bench.ask(site, '', { body: chatBody(`Approval question ${asked++}`) })
  const approval = await bench.driver.nextApproval()
  return { site, done, approval, yes: yesIn(approval.page) }
}

const yesIn = (page: Page) => page.getByRole('button', { name: 'Approve once' })

async function untilReady({ approval, yes }: Question): Promise<void> {
  await approval.page.bringToFront()
  await expect.poll(() => yes.isEnabled(), { timeout: 10_000 }).toBe(true)
}

async function middleOf(button: Locator): Promise<{ x: number; y: number }> {
  const box = await button.boundingBox()
  if (!box) throw new Error('the button is not on screen')
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 }
}

/** The bait proved nothing, because this computer was busy. */
class TooSlow extends Error {
  override readonly name = 'TooSlow'
}

/** Clicks again and again in one place. Throws TooSlow where the window's second may have been over before the last click. */
async function hammer(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  const sinceMs = performance.now()
  const passedMs = () => performance.now() - sinceMs
  try {
    while (passedMs() < BAIT_MS) {
      await page.mouse.click(x, y)
      if (passedMs() > IN_TIME_MS) throw new TooSlow(`${Math.round(passedMs())} ms`)
      await sleep(30)
    }
  } catch (error) {
    throw passedMs() > IN_TIME_MS ? new TooSlow(`${Math.round(passedMs())} ms`, { cause: error }) : error
  }
}

/** Lays a bait, and lays it again where it proved nothing. */
async function bait(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof TooSlow) || tries === 4) throw error
      for (const page of bench.driver.context.pages())
        if (page.url().includes('approval.html')) await page.close()
      await bench.lab.clearCounters()
    }
  }
}

/** Nobody approved: nothing was signed, the question stands, and a no is still heard. */
async function expectUndecided({ approval, done, site }: Question): Promise<void> {
  await sleep(300)
  expect((await bench.lab.counters()).jumpgate?.paid ?? 0).toBe(0)
  expect(approval.page.isClosed()).toBe(false)
  await approval.reject()
  expect(await done).toMatchObject({ kind: 'error', code: 4001, type: 'user_rejected', charged: 'no' })
  await site.close()
}

async function expectApproved({ done, site }: Question): Promise<void> {
  expect(await done).toMatchObject({ kind: 'answer' })
  expect((await bench.lab.counters()).jumpgate).toMatchObject({ paid: 1, settled: 1 })
  await site.close()
}

const hasFocus = (page: Page) => page.evaluate(() => document.hasFocus())
const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))

describe('a person who reads', () => {
  it('approves with one click, a second after the question came', async () => {
    const one = await question()
    await untilReady(one)
    const { x, y } = await middleOf(one.yes)
    await one.approval.page.mouse.click(x, y)
    await expectApproved(one)
  })

  it('approves with one press of Enter on the button', async () => {
    const one = await question()
    await untilReady(one)
    await one.yes.focus()
    // The window may close before the press has reported back.
    await one.approval.page.keyboard.press('Enter').catch((error: unknown) => {
      if (!one.approval.page.isClosed()) throw error
    })
    await expectApproved(one)
  })
})

describe('a bait for hasty hands', () => {
  it('clicks that go on while the window opens approve nothing', () =>
    bait(async () => {
      const one = await question()
      await one.approval.page.bringToFront()
      // Whatever changes now starts the second anew, so that all clicks lie within it.
      await nudgeWindow(one, { left: 40 })
      await hammer(one.approval.page, await middleOf(one.yes))
      await expectUndecided(one)
    }))

  it('the second click of a double click approves nothing, however long the window has been there', async () => {
    const one = await question()
    await untilReady(one)
    const { x, y } = await middleOf(one.yes)
    const session = await bench.driver.context.newCDPSession(one.approval.page)
    for (const type of ['mousePressed', 'mouseReleased'] as const)
      await session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 2 })
    await expectUndecided(one)
  })

  it.each([
    ['Enter', 13],
    [' ', 32],
  ])('a key that is held down since before approves nothing: %j', async (key, code) => {
    const one = await question()
    const session = await bench.driver.context.newCDPSession(one.approval.page)
    const send = (type: 'keyDown' | 'keyUp', autoRepeat: boolean) =>
      session.send('Input.dispatchKeyEvent', {
        ...{ type, autoRepeat, key, code: key === ' ' ? 'Space' : key, windowsVirtualKeyCode: code },
        ...(type === 'keyDown' ? { text: key === ' ' ? ' ' : '\r' } : {}),
      })
    const hold = async (times: number) => {
      for (let time = 0; time < times; time++) {
        await send('keyDown', true)
        await sleep(30)
      }
    }
    await one.approval.page.bringToFront()
    await hold(20)
    await untilReady(one)
    await one.yes.focus()
    await hold(20)
    await send('keyUp', false)
    await expectUndecided(one)
  })

  it('a click that a script makes approves nothing', async () => {
    const one = await question()
    await untilReady(one)
    await one.yes.evaluate((button: HTMLButtonElement) => button.click())
    await expectUndecided(one)
  })
})

describe('a window that is not looked at', () => {
  it('approves nothing while another window has the focus, and asks for a second anew', () =>
    bait(async () => {
      const one = await question()
      const { page } = one.approval
      await untilReady(one)
      expect(await hasFocus(page)).toBe(true)
      await one.site.bringToFront()
      await expect.poll(() => hasFocus(page)).toBe(false)
      await expect.poll(() => one.yes.isEnabled()).toBe(false)
      await clickUnseen(one)
      expect((await bench.lab.counters()).jumpgate?.paid ?? 0).toBe(0)
      await page.bringToFront()
      await expect.poll(() => hasFocus(page)).toBe(true)
      await hammer(page, await middleOf(one.yes))
      await expectUndecided(one)
    }))
})

describe('a window that does not stay as it is', () => {
  it.each([
    ['moved', { left: 300, top: 120 }],
    ['made larger', { width: 520, height: 760 }],
  ])('%s under the pointer: approves nothing before another second', (_name, change) =>
    bait(async () => {
      const one = await question()
      await untilReady(one)
      await nudgeWindow(one, change)
      await hammer(one.approval.page, await middleOf(one.yes))
      await expectUndecided(one)
    }),
  )

  it('another question in the same place is not approved by the click for the first', () =>
    bait(async () => {
      const first = await question()
      const behind = await bench.openSite()
      const call = await bench.ask(behind, '', { body: chatBody(`Approval question ${asked++}`) })
      await untilReady(first)
      const before = await current()
      const at = await middleOf(first.yes)
      await first.site.close()
      const { page } = first.approval
      await page.getByText(new URL(behind.url()).hostname).first().waitFor()
      await hammer(page, at)
      const second: Question = { ...first, site: behind, done: call.done }
      const now = await current()
      expect(now?.principal).toBe(new URL(behind.url()).origin)
      for (const id of [before?.id, now?.id])
        expect(await decide({ id, digest: before?.digest })).toEqual({ accepted: false })
      await expectUndecided(second)
    }))
})

/** Straight at the window's content, as if it could be reached while it lies behind another. */
async function clickUnseen({ approval, yes }: Question): Promise<void> {
  const { x, y } = await middleOf(yes)
  const session = await bench.driver.context.newCDPSession(approval.page)
  for (const type of ['mousePressed', 'mouseReleased'] as const)
    await session.send('Input.dispatchMouseEvent', { type, x, y, button: 'left', clickCount: 1 })
}

/** Moves or resizes the approval window, and waits until its page knows. */
async function nudgeWindow({ approval }: Question, change: Record<string, number>): Promise<void> {
  const { page } = approval
  const place = () => page.evaluate(() => [screenX, screenY, innerWidth, innerHeight].join())
  const before = await place()
  await page.evaluate(async (to) => {
    const { id } = await chrome.windows.getCurrent()
    await chrome.windows.update(id ?? 0, to)
  }, change)
  await expect.poll(place).not.toBe(before)
}

/** What the window shows, as the background says it. */
function current(): Promise<ApprovalView | null> {
  return withOwn((page) => askUi(page, 'approval.current', {}))
}

function decide(what: { readonly id: string | undefined; readonly digest: string | undefined }) {
  return withOwn((page) => askUi(page, 'approval.decide', { ...what, choice: { kind: 'once' } }))
}

/** In a page of the extension that runs no script of its own. */
async function withOwn<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const page = await bench.driver.open(`chrome-extension://${bench.driver.extensionId}/manifest.json`)
  try {
    return await work(page)
  } finally {
    await page.close()
  }
}
