/** What holds in the panel over every gateway: asked, streamed, stopped, asked again, and never paid twice. */
import type { Locator, Page } from '@playwright/test'
import { describe, expect, it } from 'vitest'
import type { ConversationView } from '../../src/protocol/chat-views.ts'
import type { SiteView } from '../../src/protocol/ui-views.ts'
import { askUi } from './ask-ui.ts'
import { type Bench, PASSWORD } from './bench.ts'
import type { Driver } from './driver.ts'
import { storedTextSoFar } from './stored-conversation.ts'

/** The panel in a tab of its own, and what a person does in it. */
export interface PanelPage {
  readonly bench: Bench
  /** As the lab names it. */
  readonly gateway: 'jumpgate' | 'opengradient'
  page(): Page
  message(): Locator
  button(name: string): Locator
  answers(): Locator
  lastAnswer(): Locator
  fast(): Promise<void>
  slow(): Promise<void>
  /** Sends a question; resolves with it once it stands there. */
  ask(question?: string): Promise<string>
  /** The same, with an answer that takes half a minute at the slow pace: still on its way when something is done to it. */
  askForMuch(): Promise<string>
  /** The question stands in the conversation, with its answer's place below it. */
  shown(question: string): Promise<void>
  /** The newest answer has ended, however. */
  ended(): Promise<void>
  streaming(): Promise<void>
  textSoFar(): Promise<string>
  /** What the gateway was sent last, by its messages. */
  sent(): Promise<readonly string[]>
  /** The conversation in sight, as the background has it. */
  conversation(): Promise<ConversationView>
  /** Closes the panel and opens it again. `query` of its address, such as `?tab=7`. */
  reopen(query?: string): Promise<void>
}

/** Longest wait for what a question leads to, ms. */
const PATIENCE_MS = 20_000

/**
 * Waits for what a question leads to. Over OpenGradient an answer that was broken off leaves its session's cap on hold, so
 * that another session may be above the budget: then the person is asked, and says yes.
 */
async function comes({ driver }: Bench, gateway: PanelPage['gateway'], seen: Locator): Promise<void> {
  const untilMs = performance.now() + PATIENCE_MS
  for (;;) {
    if (gateway === 'opengradient' && driver.approvalWindows() > 0) await sayYes(driver)
    if (await seen.isVisible()) return
    if (performance.now() > untilMs) return seen.waitFor({ timeout: 1 })
    await new Promise((done) => setTimeout(done, 100))
  }
}

/** The window that was answered a moment ago may still stand there, and close while it is read. */
async function sayYes(driver: Driver): Promise<void> {
  const approval = await driver.nextApproval().catch((error: unknown) => {
    if (String(error).includes('has been closed')) return null
    throw error
  })
  await approval?.approve()
}

export async function openPanelPage(bench: Bench, gateway: PanelPage['gateway']): Promise<PanelPage> {
  let panel = await bench.driver.openPanel()
  let asked = 0
  const message = () => panel.getByRole('textbox', { name: 'Message' })
  const button = (name: string) => panel.getByRole('button', { name, exact: true })
  const answers = () => panel.locator('article.answer')
  const lastAnswer = () => answers().last()
  const shown = (question: string) =>
    panel
      .locator('.question-text')
      .last()
      .and(panel.getByText(question, { exact: true }))
      .waitFor()
  const ask = async (question = `Question ${asked++} of the panel, please answer at length.`) => {
    await message().fill(question)
    await message().press('Enter')
    await shown(question)
    return question
  }
  return {
    ...{ bench, gateway, message, button, answers, lastAnswer, shown, ask },
    askForMuch: () => ask(`Question ${asked++} of the panel, please answer in words 800`),
    page: () => panel,
    fast: () => bench.lab.rate(gateway, { tokensPerSecond: 0, delayMs: 0 }),
    slow: () => bench.lab.rate(gateway, { tokensPerSecond: 25, delayMs: 0 }),
    async ended() {
      await comes(bench, gateway, button('Send'))
      await lastAnswer().and(panel.locator('[aria-busy="false"]')).waitFor()
    },
    streaming: () =>
      comes(
        bench,
        gateway,
        lastAnswer().and(panel.locator('[aria-busy="true"]')).locator('.markdown p').first(),
      ),
    textSoFar: async () => (await lastAnswer().locator('.markdown').innerText()).trim(),
    async sent() {
      const body = (await bench.lab.counters())[gateway]?.lastPaidBody ?? ''
      const { messages }: { messages: readonly { content: string }[] } = JSON.parse(body)
      return messages.map(({ content }) => content)
    },
    conversation: () => askUi(panel, 'chat.get', { id: new URL(panel.url()).hash.split('/c/')[1] }),
    async reopen(query = '') {
      await panel.close()
      panel = await bench.driver.context.newPage()
      await panel.goto(`chrome-extension://${bench.driver.extensionId}/sidepanel.html${query}`)
      await message().waitFor()
    },
  }
}

/** `on`: the panel, once its first question was asked and approved. */
export function describePanelCases(on: () => PanelPage): void {
  describe('a question in the panel', () => {
    it('is stopped with Esc; its text so far stays, and a retry is another request', async () => {
      const panel = on()
      await panel.slow()
      await panel.askForMuch()
      await panel.streaming()
      await panel.page().keyboard.press('Escape')
      await panel.ended()
      const said = await panel.textSoFar()
      expect(said.length).toBeGreaterThan(3)
      expect(await panel.lastAnswer().innerText()).toContain('Stopped.')
      const stopped = await panel.bench.newestRow()
      await panel.fast()
      await panel.lastAnswer().getByRole('button', { name: 'Retry' }).click()
      await panel.page().getByText('Stopped.').waitFor({ state: 'detached' })
      await panel.ended()
      const again = await panel.bench.newestRow()
      expect(again.id).not.toBe(stopped.id)
      expect((await panel.textSoFar()).length).toBeGreaterThan(said.length)
    })

    it('is edited with ↑ and asked again in its place', async () => {
      const panel = on()
      await panel.ask('The first wording')
      await panel.ended()
      const count = await panel.answers().count()
      await panel.message().press('ArrowUp')
      const edit = panel.page().getByRole('textbox', { name: 'Edit the question' })
      await edit.fill('The second wording')
      await edit.press('Enter')
      await panel.shown('The second wording')
      await panel.ended()
      expect(await panel.answers().count()).toBe(count)
    })

    it('goes on while the panel is closed, and is there when it opens again', async () => {
      const panel = on()
      await panel.slow()
      const question = await panel.askForMuch()
      await panel.streaming()
      const { id } = await panel.bench.newestRow()
      const reopened = panel.reopen()
      await panel.fast()
      await reopened
      await panel.ended()
      await panel.shown(question)
      expect(await panel.bench.newestRow()).toMatchObject({ id, answer: 'answered' })
    })

    it('keeps the text so far in the open panel when the worker is killed, marks it, and sends nothing again', async () => {
      const panel = on()
      await panel.slow()
      await panel.askForMuch()
      await panel.streaming()
      const conversation = await panel.conversation()
      await expect.poll(() => storedTextSoFar(panel.page(), conversation.id)).not.toBe('')
      const stored = await storedTextSoFar(panel.page(), conversation.id)
      const { id } = await panel.bench.newestRow()
      const paid = async () => (await panel.bench.lab.counters())[panel.gateway]?.paid
      const before = await paid()
      await panel.bench.driver.killWorker()
      await panel.ended()
      expect((await panel.textSoFar()).length).toBeGreaterThan(3)
      const last = (await panel.conversation()).messages.at(-1)
      expect(last).toMatchObject({ progress: { kind: 'interrupted' } })
      expect(last?.text.startsWith(stored)).toBe(true)
      expect(await panel.lastAnswer().innerText()).toContain('nothing was sent again')
      expect((await panel.bench.newestRow()).id).toBe(id)
      expect(await paid()).toBe(before)
    })
  })

  describe('a budget that is used up in mid-conversation', () => {
    it('leads to a question, and the conversation goes on after the yes', async () => {
      const panel = on()
      const currency = panel.gateway === 'jumpgate' ? 'USDC' : 'OPG'
      const site = await askUi<SiteView>(panel.page(), 'sites.get', { principal: 'panel' })
      const budget = site.budgets.find((one) => one.currency === currency)
      if (!budget) throw new Error(`the panel has no budget in ${currency}`)
      const { id, period, models, expiresAtMs } = budget
      const set = (cap: string, maxPerRequest: string) =>
        askUi(panel.page(), 'sites.putBudget', {
          principal: 'panel',
          budget: { id, currency, period, models, expiresAtMs, cap, maxPerRequest },
        })
      await set('1', '1')
      await panel.ask()
      await panel.page().getByText('Waiting for your yes in the approval window…').waitFor()
      await (await panel.bench.driver.nextApproval()).approve()
      await panel.ended()
      expect(await panel.bench.newestRow()).toMatchObject({ answer: 'answered', outsideBudget: true })
      await set(budget.cap, budget.maxPerRequest)
      await panel.ask()
      await panel.ended()
      expect(await panel.bench.newestRow()).toMatchObject({ answer: 'answered' })
    })
  })

  describe('a conversation that is summed up', () => {
    const sumUp = async (panel: PanelPage) => {
      const count = await panel.answers().count()
      await panel.button('Options').click()
      await panel
        .page()
        .getByRole('dialog')
        .getByRole('button', { name: /^Sum up/ })
        .click()
      await panel.answers().nth(count).waitFor()
      await panel.ended()
    }

    it('is kept where the summary is cut off, and stands in the summary once it is whole', async () => {
      const panel = on()
      await panel.button('New conversation').first().click()
      await panel.page().getByText('Ask anything', { exact: true }).waitFor()
      await panel.ask('The first thing that was said')
      await panel.ended()
      const { id, options } = await panel.conversation()
      const setLength = (maxTokens: number | null) =>
        askUi(panel.page(), 'chat.setOptions', { id, options: { ...options, maxTokens } })
      await setLength(16)
      await sumUp(panel)
      await panel.lastAnswer().getByText('so it replaces nothing').waitFor()
      await setLength(null)
      await panel.ask('The second thing')
      await panel.ended()
      expect(await panel.sent()).toContain('The first thing that was said')
      await sumUp(panel)
      const { messages, requestIds } = await panel.conversation()
      const summary = messages.at(-1)
      expect(summary).toMatchObject({ purpose: 'summary', progress: { kind: 'done', finish: 'stop' } })
      expect(await panel.bench.newestRow()).toMatchObject({ id: requestIds.at(-1), principal: 'panel' })
      await panel.ask('The third thing')
      await panel.ended()
      await panel.page().getByText('The summary stands for what is above.').waitFor()
      expect(await panel.sent()).toEqual([
        `Summary of the conversation so far:\n\n${summary?.text}`,
        'The third thing',
      ])
    })
  })

  describe('the page as context', () => {
    it('is attached at a click, previewed, and sent as data, and so is a selection', async () => {
      const panel = on()
      const { site: url } = panel.bench.lab.info.urls
      const site = await panel.bench.driver.open(url)
      const tabId = await panel.page().evaluate(async (start) => {
        const tabs = await chrome.tabs.query({})
        return tabs.find((tab) => tab.url?.startsWith(start))?.id
      }, url)
      await panel.reopen(`?tab=${tabId}`)
      await panel.button('Attach this page').click()
      await panel
        .page()
        .getByRole('button', { name: /^Show what is sent/ })
        .click()
      const preview = panel.page().getByRole('dialog')
      expect(await preview.innerText()).toContain('This page has no account and no API key')
      await panel.page().keyboard.press('Escape')
      const selected = await site.evaluate(() => {
        const heading = document.querySelector('h1')
        if (heading) getSelection()?.selectAllChildren(heading)
        return getSelection()?.toString().trim() ?? ''
      })
      expect(selected).not.toBe('')
      await panel.button('Attach selection').click()
      await panel.page().locator('.composer .chip').nth(1).waitFor()
      await site.close()
      await panel.ask('What does this page say?')
      await panel.ended()
      const sent = (await panel.sent()).at(-1) ?? ''
      const [page = '', selection = ''] = sent.split('=== END OF PAGE TEXT')
      expect(page).toContain('This page has no account and no API key')
      expect(selection).toMatch(/=== PAGE TEXT \S+ \(a selection on a web page: /)
      expect(selection).toContain(selected)
      expect(sent.endsWith('What does this page say?')).toBe(true)
    })
  })

  describe('what is in the way', () => {
    it('is the lock, opened in place with the draft kept', async () => {
      const panel = on()
      await panel.message().fill('A question that waits')
      await panel.bench.driver.lock()
      const locked = panel.page().getByText('Unlock it to ask. Your draft stays here.')
      await locked.waitFor()
      await panel.page().getByLabel('Password', { exact: true }).fill(PASSWORD)
      await panel.button('Unlock').click()
      await locked.waitFor({ state: 'detached' })
      await panel.message().press('Enter')
      await panel.shown('A question that waits')
      await panel.ended()
    })

    it('is the freeze, lifted in place', async () => {
      const panel = on()
      await panel.page().getByRole('button', { name: 'Freeze all spending' }).click()
      const frozen = panel.page().getByText('All spending is frozen')
      await frozen.waitFor()
      await panel.message().fill('Frozen')
      await panel.message().press('Enter')
      expect(await panel.message().inputValue()).toBe('Frozen')
      await panel.button('Lift the freeze').click()
      await frozen.waitFor({ state: 'detached' })
      await panel.message().press('Enter')
      await panel.shown('Frozen')
      await panel.ended()
    })

    it('is the connection, with the draft kept', async () => {
      const panel = on()
      await panel.bench.driver.context.setOffline(true)
      const offline = panel.page().getByText('You are offline')
      await offline.waitFor()
      await panel.message().fill('Offline')
      await panel.message().press('Enter')
      expect(await panel.message().inputValue()).toBe('Offline')
      await panel.bench.driver.context.setOffline(false)
      await offline.waitFor({ state: 'detached' })
      await panel.message().press('Enter')
      await panel.shown('Offline')
      await panel.ended()
    })
  })
}
