/** Pages that mean harm: it ends as their own errors, and other tabs never notice. */
import type { Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'
import { ask, chatBody, clickIn, startCall } from './page-api.ts'
import { flood } from './pages/flood.ts'
import { forgeMessages } from './pages/forge-messages.ts'
import { HOSTILE_BODIES, sendHostileBodies } from './pages/hostile-bodies.ts'
import { tamperBuiltIns } from './pages/tamper-built-ins.ts'

let bench: Bench
/** An honest site with a budget, in a tab of its own all the time. */
let honest: Page
let page: Page
let asked = 0
const fresh = () => chatBody(`Hostile question ${String(asked++).padStart(4, '0')}`, { max_tokens: 100 })

beforeAll(async () => {
  bench = await openBench()
  honest = await openSiteWithBudget()
})
afterAll(() => bench?.close())
beforeEach(async () => {
  await page?.close()
  page = await bench.openSite()
  await bench.lab.clearCounters()
})

async function openSiteWithBudget(): Promise<Page> {
  const site = await bench.openSite()
  const call = await bench.ask(site, '', { body: fresh() })
  await (await bench.driver.nextApproval()).approve({ budget: true })
  expect(await call.done).toMatchObject({ kind: 'answer' })
  return site
}

const paid = async () => (await bench.lab.counters()).jumpgate?.paid

/** The other tab is served, at once and unasked. */
async function expectHonestWorks(): Promise<void> {
  const windows = bench.driver.approvalWindows()
  expect(await startCall(honest, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
  expect(bench.driver.approvalWindows()).toBe(windows)
}

describe('the property', () => {
  it('cannot be deleted, replaced, redefined or changed, nor anything within it', async () => {
    const outcome = await page.evaluate(() => {
      const own = window as unknown as Record<string, object>
      const api = own.x402Chat as Record<string, object>
      const attempts: Record<string, () => unknown> = {
        delete: () => Reflect.deleteProperty(own, 'x402Chat'),
        assign: () => Reflect.set(own, 'x402Chat', {}),
        redefine: () => Reflect.defineProperty(own, 'x402Chat', { value: {} }),
        add: () => Reflect.set(api, 'more', 1),
        method: () => Reflect.set(api, 'fetch', fetch),
        prototype: () => Reflect.setPrototypeOf(api, null),
        nested: () => Reflect.set((api.chat as { completions: object }).completions, 'create', 1),
        options: () => Reflect.set(api.clientOptions as object, 'baseURL', 'https://evil.test'),
      }
      const done = Object.entries(attempts).filter(([, attempt]) => attempt() === true)
      return {
        done: done.map(([name]) => name),
        same: own.x402Chat === api,
        own: Object.hasOwn(own, 'x402Chat'),
      }
    })
    expect(outcome).toEqual({ done: [], same: true, own: true })
  })
})

describe('forged messages', () => {
  it('reach nobody: not by events, not by posted messages, not by the extension’s address', async () => {
    const result = await page.evaluate(forgeMessages, bench.driver.extensionId)
    expect(result).toEqual({ taken: false, handedOver: 0, heard: [], runtime: false, reached: [] })
    expect(bench.driver.approvalWindows()).toBe(0)
    await expectHonestWorks()
    expect(await paid()).toBe(1)
  })

  it('are no clicks', async () => {
    await page.evaluate(() => {
      const button = document.body.appendChild(document.createElement('button'))
      button.click()
      for (const type of ['click', 'keydown', 'pointerdown'])
        document.body.dispatchEvent(new MouseEvent(type, { bubbles: true }))
    })
    expect(await startCall(page, { body: fresh() }).done).toMatchObject({ type: 'activation_required' })
    expect(bench.driver.approvalWindows()).toBe(0)
  })

  it('on the provider itself are heard by nobody but the page', async () => {
    await honest.evaluate(() => {
      const heard: unknown[] = []
      Reflect.set(window, 'heard', heard)
      const { x402Chat } = window as unknown as { x402Chat: EventTarget }
      for (const type of ['settled', 'budgetchange', 'modelschange'])
        x402Chat.addEventListener(type, (event) => heard.push((event as CustomEvent).detail))
    })
    await page.evaluate(() => {
      const { x402Chat } = window as unknown as { x402Chat: EventTarget }
      for (const type of ['settled', 'budgetchange', 'modelschange'])
        x402Chat.dispatchEvent(new CustomEvent(type, { detail: 'forged' }))
    })
    await page.waitForTimeout(300)
    expect(await honest.evaluate('heard')).not.toContain('forged')
  })
})

describe('values of a hostile page', () => {
  it('whose getters change are read once, and what is shown is what is asked', async () => {
    await clickIn(page)
    await page.evaluate(() => {
      const counts = { model: 0, content: 0, options: 0 }
      const read = (name: keyof typeof counts, first: unknown, later: unknown) => {
        counts[name] += 1
        return counts[name] === 1 ? first : later
      }
      const message = {
        role: 'user',
        get content() {
          return read('content', 'Why is the sky blue?', 'Something else')
        },
      }
      const body = {
        get model() {
          return read('model', 'ambient/large', 'nobody/has-this')
        },
        messages: [message],
      }
      const options = {
        get maxCost() {
          return read('options', { value: '1' }, { value: '1000' })
        },
      }
      interface Api {
        chat: { completions: { create(body: unknown, options: unknown): Promise<unknown> } }
      }
      const { create } = (window as unknown as { x402Chat: Api }).x402Chat.chat.completions
      Reflect.set(
        window,
        'outcome',
        create(body, options).then(() => counts),
      )
    })
    const approval = await bench.driver.nextApproval()
    expect(approval.fields.Model).toBe('ambient/large')
    await approval.approve()
    expect(await page.evaluate('outcome')).toEqual({ model: 1, content: 1, options: 1 })
    expect(await paid()).toBe(1)
  })

  it('that are cyclic, bottomless, huge or no data are refused as invalid, unasked', async () => {
    await clickIn(page)
    const ends = await page.evaluate(sendHostileBodies)
    expect(ends).toEqual(Object.fromEntries(HOSTILE_BODIES.map((name) => [name, 'invalid_request'])))
    expect(bench.driver.approvalWindows()).toBe(0)
    await expectHonestWorks()
    expect(await paid()).toBe(1)
  })

  it('with __proto__ and constructor keys change no prototype', async () => {
    const worker = await bench.driver.worker()
    const prototype = '{"polluted":true,"activations":[[1,0]],"model":"nobody/has-this"}'
    const body = `{"model":"ambient/large","max_tokens":100,"messages":[{"role":"user","content":"Polluted?","__proto__":${prototype}}],
      "__proto__":${prototype},"constructor":{"prototype":${prototype}}}`
    const end = await honest.evaluate(async (text) => {
      const { x402Chat } = window as unknown as { x402Chat: { fetch: typeof fetch } }
      const url = 'https://x402-chat.invalid/v1/chat/completions'
      const response = await x402Chat.fetch(url, { method: 'POST', body: text })
      return { status: response.status, polluted: Reflect.has({}, 'polluted') }
    }, body)
    expect(end.polluted).toBe(false)
    expect(end.status).toBe(200)
    expect(await worker.evaluate("'polluted' in {}")).toBe(false)
    await expectHonestWorks()
  })
})

describe('tampered built-ins', () => {
  it('see neither the private channel nor change what is asked, shown and answered', async () => {
    const site = await openSiteWithBudget()
    const { text } = await startCall(site, { body: chatBody('Is it tampered with?') }).done
    const hostile = await bench.driver.open(site.url())
    const result = await hostile.evaluate(tamperBuiltIns, 'Is it tampered with?')
    expect(result).toEqual({ ports: 0, sees: true, text })
    await hostile.close()
    expect(await startCall(site, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
    await expectHonestWorks()
    await site.close()
  })
})

describe('10,000 calls in ten seconds', () => {
  it('open one window at most, all end, and the other tab is served meanwhile', async () => {
    let windows = 0
    bench.driver.context.on('page', (opened) => {
      if (opened.url().includes('approval.html')) windows += 1
    })
    // Three intentions of the person, each good for one window.
    for (let click = 0; click < 3; click += 1) {
      await clickIn(page)
      await page.waitForTimeout(450)
    }
    const flooding = page.evaluate(flood, { calls: 10_000, forMs: 10_000 })
    const untilMs = performance.now() + 10_500
    for (let turn = 0; turn < 3; turn += 1) {
      await honest.waitForTimeout(1000)
      const startedMs = performance.now()
      await expectHonestWorks()
      expect(performance.now() - startedMs).toBeLessThan(8000)
    }
    await honest.waitForTimeout(untilMs - performance.now())
    expect(bench.driver.approvalWindows()).toBe(1)
    await (await bench.driver.nextApproval()).reject()
    const ends = await flooding
    expect(Object.values(ends).reduce((sum, count) => sum + count, 0)).toBe(10_000)
    const { rate_limited: limited = 0, ...others } = ends
    expect(limited).toBeGreaterThan(9000)
    const { user_rejected: rejected, request_pending: _, activation_required: __, ...more } = others
    expect(rejected).toBe(1)
    expect(more).toEqual({})
    expect(windows).toBe(1)
    expect(await paid()).toBe(3)
    expect(await ask(honest, 'getBudget', {})).not.toBeNull()
  })
})
