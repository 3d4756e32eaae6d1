/** Many callers share the money at once: a page, its frame and the side panel; and the person changes her mind in the middle. */
import type { Frame, Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConversationSummary } from '../../src/protocol/chat-views.ts'
import type { ApprovalView, GuardsView, SiteView } from '../../src/protocol/ui-views.ts'
import { askUi } from './ask-ui.ts'
import { type Bench, openBench } from './bench.ts'
import { type RawPayment, readPayments } from './crash/raw-ledger.ts'
import { chatBody, startCall } from './page-api.ts'

/** A call of this length costs about 200 µUSDC. */
const MAX_TOKENS = 40
let bench: Bench
let own: Page
let asked = 0
const cheap = () =>
  chatBody(`Shared question ${String(asked++).padStart(6, '0')}`, { max_tokens: MAX_TOKENS })

beforeAll(async () => {
  bench = await openBench()
  // The payee is approved once; from then on budgets decide.
  expect(await bench.pay(await bench.openSite(), 'The first question')).toMatchObject({ kind: 'answer' })
  own = await bench.driver.open(`chrome-extension://${bench.driver.extensionId}/manifest.json`)
})
afterAll(() => bench?.close())

async function giveBudget(principal: string, cap: bigint, id?: string): Promise<SiteView> {
  const figures = { currency: 'USDC', cap: String(cap), maxPerRequest: String(cap), period: 'day' }
  const budget = { ...figures, ...(id === undefined ? {} : { id }), models: 'all', expiresAtMs: null }
  return askUi<SiteView>(own, 'sites.putBudget', { principal, budget })
}

const originOf = (page: Page) => new URL(page.url()).origin
const sum = (amounts: readonly (string | null)[]) =>
  amounts.reduce((total, one) => total + BigInt(one ?? 0), 0n)
const chargedBy = (payments: readonly RawPayment[]) => sum(payments.map(({ charged }) => charged))

/** Two hundred calls in one task of a document's own script; counts how they end. */
async function callInOneTick(bodies: object[]): Promise<Record<string, number>> {
  interface Api {
    chat: { completions: { create(body: unknown): Promise<AsyncIterable<unknown>> } }
  }
  const { create } = (window as unknown as { x402Chat: Api }).x402Chat.chat.completions
  const ends: Record<string, number> = {}
  const run = async (call: Promise<AsyncIterable<unknown>>) => {
    try {
      for await (const _ of await call);
      return 'answer'
    } catch (error) {
      return (error as { type?: string }).type ?? String(error)
    }
  }
  const calls = bodies.map((body) => create(body)).map(run)
  for (const end of await Promise.all(calls)) ends[end] = (ends[end] ?? 0) + 1
  return ends
}

const bodies = (count: number) => Array.from({ length: count }, cheap)

/** Asks in a conversation of its own; the answer is still to come. */
async function askInPanel(text: string): Promise<void> {
  const { id } = await askUi<{ id: string }>(own, 'chat.create', { like: null })
  await askUi(own, 'chat.send', { id, draft: { text, attachments: [] } })
}

/** The person says no to what the budget does not cover. */
async function refuseWhatIsAsked(): Promise<void> {
  const asked = await askUi<ApprovalView | null>(own, 'approval.current', {})
  if (asked === null) return
  const { id, digest } = asked
  await askUi(own, 'approval.decide', { id, digest, choice: { kind: 'reject' } })
}

async function panelIsQuiet(): Promise<void> {
  const running = async () => {
    await refuseWhatIsAsked()
    const all = await askUi<readonly ConversationSummary[]>(own, 'chat.list', { text: '' })
    return all.filter((one) => one.running).length
  }
  await expect.poll(running, { timeout: 20_000 }).toBe(0)
}

/** Every payment since then, once none of them is on its way. */
async function settledSince(sinceMs: number): Promise<readonly RawPayment[]> {
  let found: readonly RawPayment[] = []
  await expect
    .poll(
      async () => {
        found = (await readPayments(own)).filter(({ reservedAtMs }) => reservedAtMs >= sinceMs)
        return found.filter(({ state }) => state === 'reserved' || state === 'presented').length
      },
      { timeout: 20_000 },
    )
    .toBe(0)
  return found.filter(({ state }) => state === 'settled')
}

/** How long a quote takes here, in ms: all twenty are out before the first comes back. */
const QUOTE_MS = 400

describe('while twenty calls are in flight', () => {
  let signed = 0

  it.each([-80, 0, 40, 120])(
    'the budget is lowered %i ms after the quotes: nothing is signed after',
    async (ms) => {
      const page = await bench.openSite()
      const { budgets } = await giveBudget(originOf(page), 100_000n)
      await bench.lab.rate('jumpgate', { delayMs: QUOTE_MS })
      await bench.lab.clearCounters()
      const calls = bodies(20).map((body) => startCall(page, { body }).done)
      const quotes = async () => (await bench.lab.counters()).jumpgate?.quote
      await expect.poll(quotes, { interval: 10, timeout: 10_000 }).toBe(20)
      await new Promise((done) => setTimeout(done, QUOTE_MS + ms))
      await giveBudget(originOf(page), 1n, budgets[0]?.id)
      const loweredAtMs = Date.now()
      await bench.lab.rate('jumpgate', { delayMs: 0 })
      const results = await Promise.all(calls)
      const payments = (await readPayments(own)).filter(
        ({ openedBy }) => openedBy.principal === originOf(page),
      )
      for (const { attempts } of payments)
        for (const { presentedAtMs } of attempts) expect(presentedAtMs).toBeLessThanOrEqual(loweredAtMs)
      const presented = payments.filter(({ attempts }) => attempts.length > 0).length
      expect((await bench.lab.counters()).jumpgate?.paid).toBe(presented)
      expect(results.filter(({ kind }) => kind === 'answer').length).toBe(presented)
      for (const result of results) if (result.kind === 'error') expect(result.charged).toBe('no')
      signed += presented
      await page.close()
    },
  )

  it('and of all those calls some were in time, and some were not', () => {
    expect(signed).toBeGreaterThan(0)
    expect(signed).toBeLessThan(4 * 20)
  })
})

/** A page, its frame and the panel share these, in µUSDC: together the budgets are more than the day allows. */
const SITE_CAP = 9_000n
const PANEL_CAP = 12_000n
const DAY = 14_000n
/** The dearest call here is the panel's, with an answer of 1,024 tokens. */
const DEAREST = 5_000n

describe('a page, its frame and the side panel at once', () => {
  it('stay each within their own budget, and together within the person’s day', async () => {
    const page = await bench.openSite()
    const site = originOf(page)
    await giveBudget(site, SITE_CAP)
    await giveBudget('panel', PANEL_CAP)
    const frame = await addFrame(page)
    await leaveForToday(DAY)
    const sinceMs = Date.now()
    const ends = { page: [] as Ends[], frame: [] as Ends[] }
    const { paid, earned } = await bench.moved(async () => {
      const panel = Promise.all(
        Array.from({ length: 12 }, (_, index) => askInPanel(`Panel question ${index}`)),
      )
      // Both documents are one site, which may call twenty times a second: they come first by turns.
      for (const first of ['page', 'frame', 'page'] as const) {
        const call = { page: () => callFrom(page), frame: () => callFrom(frame) }
        const second = first === 'page' ? 'frame' : 'page'
        const [one, other] = await Promise.all([call[first](), call[second]()])
        ends[first].push(one)
        ends[second].push(other)
        await new Promise((done) => setTimeout(done, 1_050))
      }
      await panel
      await panelIsQuiet()
      await settledSince(sinceMs)
    })
    const payments = await settledSince(sinceMs)
    const of = (principal: string) => payments.filter(({ openedBy }) => openedBy.principal === principal)
    for (const [principal, cap] of [[site, SITE_CAP] as const, ['panel', PANEL_CAP] as const]) {
      const price = BigInt(of(principal)[0]?.maximum ?? 0)
      expect(price).toBeGreaterThan(0n)
      expect(of(principal).length).toBeLessThanOrEqual(Number(cap / price))
      expect(chargedBy(of(principal))).toBeLessThanOrEqual(cap)
    }
    expect(chargedBy(payments)).toBeLessThanOrEqual(DAY)
    expect(DAY - chargedBy(payments)).toBeLessThan(DEAREST)
    expect(chargedBy(payments)).toBe(paid)
    expect(earned).toBe(paid)
    expect(count([...ends.page, ...ends.frame])).toBe(6 * 200)
    expect(count(ends.page, 'answer')).toBeGreaterThan(0)
    expect(count(ends.frame, 'answer')).toBeGreaterThan(0)
    expect(count([...ends.page, ...ends.frame], 'answer')).toBe(of(site).length)
    await page.close()
  })
})

/** How often calls ended in what way. */
type Ends = Readonly<Record<string, number>>

const callFrom = (document: Page | Frame): Promise<Ends> => document.evaluate(callInOneTick, bodies(200))

function count(all: readonly Ends[], name?: string): number {
  const ends = all.flatMap((one) => Object.entries(one))
  return ends.reduce((total, [end, times]) => total + (name === undefined || end === name ? times : 0), 0)
}

/** A document of the page's own origin within it. */
async function addFrame(page: Page) {
  await page.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.src = '/blank?framed'
    document.body.append(frame)
  })
  await expect.poll(() => page.frames().length).toBe(2)
  const [, frame] = page.frames()
  if (!frame) throw new Error('the page has no frame')
  await frame.waitForLoadState()
  return frame
}

/** Lowers the person's own day so that this much is left of it. */
async function leaveForToday(left: bigint): Promise<void> {
  const used = sum((await readPayments(own)).filter(({ state }) => state !== 'released').map(heldBy))
  const { limits } = await askUi<GuardsView>(own, 'limits.get', {})
  const lowered = { ...limits, USDC: { ...limits.USDC, perDay: String(used + left) } }
  await askUi(own, 'limits.set', { limits: lowered, password: null })
}

const heldBy = ({ charged, maximum }: RawPayment) => charged ?? maximum
