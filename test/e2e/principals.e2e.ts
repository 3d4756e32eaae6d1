/** Who is asking: every origin has its own budget or no API, and what a document asked for ends with it. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Frame, Page } from '@playwright/test'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Bench, openBench } from './bench.ts'
import { ask, chatBody, clickIn, startCall } from './page-api.ts'
import { servePages } from './pages/serve-pages.ts'
import { tamperWithChild } from './pages/tamper-with-child.ts'

const SITE = 'https://alpha.localhost'
const STRANGER = 'https://beta.localhost'
/** Each beside SITE, and none of them it. */
const OTHERS: readonly (readonly [string, string])[] = [
  ['another port', 'https://alpha.localhost:8443'],
  ['another scheme', 'http://alpha.localhost'],
  ['a subdomain', 'https://sub.alpha.localhost'],
  ['a trailing dot', 'https://alpha.localhost.'],
  ['a name that looks alike', 'https://xn--lpha-53d.localhost'],
]
/** Notes what its very first script finds. */
const PLAIN = '<script>window.early = typeof window.x402Chat</script><p>A page</p>'
/** A frame whose address the page makes itself. */
const AROUND_BLOB = `<body><script>
  const frame = document.createElement('iframe')
  frame.src = URL.createObjectURL(new Blob(['<p>A page</p>'], { type: 'text/html' }))
  document.body.append(frame)
</script>`
const inner = (attributes: string) => `<iframe name="inner" ${attributes}></iframe>`

let bench: Bench
/** A page of SITE, which has a budget. */
let site: Page
let asked = 0
const fresh = () => chatBody(`Whose question ${asked++}`)

beforeAll(async () => {
  bench = await openBench()
  await servePages(bench.driver.context, {
    ...Object.fromEntries(
      [SITE, STRANGER, ...OTHERS.map(([, origin]) => origin)].map((one) => [`${one}/`, PLAIN]),
    ),
    'http://plain.test/': PLAIN,
    'http://alpha.localhost./': PLAIN,
    [`${SITE}/sandboxed`]: { body: PLAIN, headers: { 'content-security-policy': 'sandbox allow-scripts' } },
    [`${SITE}/around-own`]: inner(`src="${SITE}/"`),
    [`${SITE}/around-stranger`]: inner(`src="${STRANGER}/"`),
    [`${SITE}/around-stranger-around-own`]: inner(`src="${STRANGER}/around-site"`),
    [`${STRANGER}/around-site`]: inner(`src="${SITE}/"`),
    [`${SITE}/around-sandboxed`]: inner(`sandbox="allow-scripts" src="${SITE}/"`),
    [`${SITE}/around-srcdoc`]: inner(`srcdoc="${PLAIN.replaceAll('"', '&quot;')}"`),
    [`${SITE}/around-data`]: inner(`src="data:text/html,${encodeURIComponent(PLAIN)}"`),
    [`${SITE}/around-blank`]: inner('src="about:blank"'),
    [`${SITE}/around-blob`]: AROUND_BLOB,
  })
  site = await bench.driver.open(`${SITE}/`)
  const first = await bench.ask(site, '', { body: fresh() })
  await (await bench.driver.nextApproval()).approve({ budget: true })
  expect(await first.done).toMatchObject({ kind: 'answer' })
})
afterAll(() => bench?.close())
beforeEach(async () => {
  for (const page of bench.driver.context.pages()) if (page !== site) await page.close()
  await bench.lab.clearCounters()
})

const hasApi = (place: Page | Frame) => place.evaluate(() => 'x402Chat' in window)
const paid = async () => (await bench.lab.counters()).jumpgate?.paid

async function innerFrame(page: Page, depth = 1): Promise<Frame> {
  let frame = page.mainFrame()
  for (let level = 0; level < depth; level += 1) {
    await expect.poll(() => frame.childFrames().length).toBe(1)
    frame = frame.childFrames()[0] as Frame
    await frame.waitForLoadState()
  }
  return frame
}

async function openInner(path: string, depth?: number): Promise<Frame> {
  return innerFrame(await bench.driver.open(SITE + path), depth)
}

describe('the API', () => {
  it('is there before the first script of a page', async () => {
    expect(await site.evaluate('early')).toBe('object')
  })

  it.each([
    ['a frame of another origin', '/around-stranger', 1],
    ['a frame of the own origin within one of another', '/around-stranger-around-own', 2],
    ['a sandboxed frame', '/around-sandboxed', 1],
    ['a data: frame', '/around-data', 1],
    ['an about:blank frame', '/around-blank', 1],
    ['a srcdoc frame', '/around-srcdoc', 1],
    ['a blob: frame', '/around-blob', 1],
  ] as const)('is absent in %s', async (_, path, depth) => {
    const frame = await openInner(path, depth)
    expect(await hasApi(frame)).toBe(false)
    expect(await hasApi(frame.page())).toBe(true)
  })

  it.each([
    ['a page that is sandboxed', `${SITE}/sandboxed`],
    ['a page without encryption', 'http://plain.test/'],
  ])('is absent in %s', async (_, address) => {
    expect(await hasApi(await bench.driver.open(address))).toBe(false)
  })

  it('is absent in a file', async () => {
    const path = join(bench.driver.profileDir, 'page.html')
    writeFileSync(path, PLAIN)
    expect(await hasApi(await bench.driver.open(pathToFileURL(path).href))).toBe(false)
  })

  it.each([
    ['about:blank', "window.open('about:blank')"],
    ['a blob', "window.open(URL.createObjectURL(new Blob(['<p>A page</p>'], { type: 'text/html' })))"],
  ])('is absent in %s that a site opened', async (_, script) => {
    const page = await bench.driver.open(`${SITE}/`)
    const [popup] = await Promise.all([page.waitForEvent('popup'), page.evaluate(`void ${script}`)])
    await popup.waitForLoadState()
    expect(await hasApi(popup)).toBe(false)
    expect(await popup.evaluate('origin')).toBe(SITE)
  })

  it('is not served to a frame of the site in a window that has no address of its own', async () => {
    const page = await bench.driver.open(`${SITE}/`)
    const [popup] = await Promise.all([
      page.waitForEvent('popup'),
      page.evaluate("void window.open('about:blank').document.write(\"<iframe src='/'></iframe>\")"),
    ])
    const frame = await innerFrame(popup)
    if (await hasApi(frame)) await expect(ask(frame, 'getBudget', {})).rejects.toThrow('user_rejected')
  })
})

describe('a budget', () => {
  it('is none of a trailing dot’s without encryption: no browser promises that it is this computer', async () => {
    const page = await bench.driver.open('http://alpha.localhost./')
    if (await hasApi(page)) await expect(ask(page, 'getBudget', {})).rejects.toThrow('user_rejected')
  })

  it('is the same one in a frame of the same origin', async () => {
    const frame = await openInner('/around-own')
    const budget = await ask<{ id: string; spent: string }>(site, 'getBudget', {})
    expect(await ask(frame, 'getBudget', {})).toMatchObject({ id: budget.id, origin: SITE })
    expect(await startCall(frame, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
    expect(bench.driver.approvalWindows()).toBe(0)
    const after = await ask<{ spent: string }>(site, 'getBudget', {})
    expect(Number(after.spent)).toBeGreaterThan(Number(budget.spent))
    expect((await bench.newestRow()).principal).toBe(SITE)
  })

  it.each([['another site', STRANGER] as const, ...OTHERS])('is not that of %s', async (_, origin) => {
    const page = await bench.driver.open(`${origin}/`)
    expect(await page.evaluate('origin')).toBe(origin)
    expect(await page.evaluate('early')).toBe('object')
    expect(await ask(page, 'getBudget', {})).toBeNull()
    expect(await ask(page, 'receipts.list', {})).toEqual([])
    await ask(page, 'revokeBudget', {})
    expect(await ask(site, 'getBudget', {})).toMatchObject({ origin: SITE })
    expect(await startCall(page, { body: fresh() }).done).toMatchObject({
      kind: 'error',
      type: 'activation_required',
      charged: 'no',
    })
    const call = await bench.ask(page, '', { body: fresh() })
    const approval = await bench.driver.nextApproval()
    expect(approval.fields.Site).toContain(new URL(origin).host)
    await approval.reject()
    expect(await call.done).toMatchObject({ kind: 'error', type: 'user_rejected' })
    expect(await paid()).toBe(0)
  })

  it('does not follow its tab to another site', async () => {
    const page = await bench.driver.open(`${SITE}/`)
    expect(await ask(page, 'getBudget', {})).toMatchObject({ origin: SITE })
    await page.goto(`${STRANGER}/`)
    expect(await ask(page, 'getBudget', {})).toBeNull()
    await page.goBack()
    expect(await ask(page, 'getBudget', {})).toMatchObject({ origin: SITE })
  })
})

describe('a child whose parent had its hands in it first', () => {
  it('speaks for its own origin only, with no click of its own', async () => {
    await site.bringToFront()
    const { tampered, replies } = await site.evaluate(tamperWithChild, {
      forged: [
        { id: 101, method: 'wallet.status', params: {} },
        { id: 102, method: '__proto__', params: {} },
        { id: 103, method: 'getBudget', params: { origin: STRANGER, principal: 'panel' } },
        { id: 104, method: 'requestBudget', params: { cap: '5', period: 'day', currency: 'OPG' } },
      ],
      waitMs: 3000,
    })
    expect(tampered).toBe(true)
    const reply = (id: number) => replies.find((one) => (one as { id: unknown }).id === id)
    const refused = (type: string) => ({ fail: { type, charged: 'no' } })
    expect(reply(101)).toMatchObject(refused('unsupported'))
    expect(reply(102)).toMatchObject(refused('unsupported'))
    expect(reply(103)).toMatchObject({ done: { origin: SITE } })
    expect(reply(104)).toMatchObject(refused('activation_required'))
    expect(bench.driver.approvalWindows()).toBe(0)
    expect(await paid()).toBe(0)
    expect(JSON.stringify(replies)).not.toContain(bench.lab.info.accounts.evm.address)
    // Nothing of it stays.
    expect(await startCall(site, { body: fresh() }).done).toMatchObject({ kind: 'answer' })
  })
})

describe('a document that goes before the yes', () => {
  async function expectGone(): Promise<void> {
    await expect.poll(() => bench.driver.approvalWindows(), { timeout: 10_000 }).toBe(0)
    expect(await paid()).toBe(0)
    expect(await ask(site, 'receipts.list', { limit: 1 })).toHaveLength(1)
  }

  it('navigated to another site: the question ends, nothing is signed, nothing is delivered', async () => {
    const page = await bench.driver.open(`${SITE}:8443/`)
    const rows = await bench.rowIds()
    const call = await bench.ask(page, '', { body: fresh() })
    call.done.catch(() => undefined)
    await bench.driver.nextApproval()
    await page.goto(`${STRANGER}/`)
    await expectGone()
    expect(await bench.rowIds()).toEqual(rows)
    expect(await ask(page, 'receipts.list', {})).toEqual([])
    expect(await ask(page, 'getBudget', {})).toBeNull()
  })

  it('closed: the same', async () => {
    const page = await bench.driver.open(`${SITE}:8443/`)
    const rows = await bench.rowIds()
    const call = await bench.ask(page, '', { body: fresh() })
    call.done.catch(() => undefined)
    await bench.driver.nextApproval()
    await page.close()
    await expectGone()
    expect(await bench.rowIds()).toEqual(rows)
  })

  it('a frame that was taken out: the same', async () => {
    const page = await bench.driver.open(`${STRANGER}/`)
    await page.evaluate(() =>
      document.body.append(Object.assign(document.createElement('iframe'), { src: '/' })),
    )
    const frame = await innerFrame(page)
    await page.bringToFront()
    await frame.locator('p').click()
    const call = startCall(frame, { body: fresh() })
    await bench.driver.nextApproval()
    await page.evaluate(() => document.querySelector('iframe')?.remove())
    await expect.poll(() => bench.driver.approvalWindows(), { timeout: 10_000 }).toBe(0)
    await call.done.catch(() => undefined)
    expect(await paid()).toBe(0)
    await clickIn(page)
    const own = startCall(page, { body: fresh() })
    await (await bench.driver.nextApproval()).reject()
    expect(await own.done).toMatchObject({ type: 'user_rejected' })
  })
})
