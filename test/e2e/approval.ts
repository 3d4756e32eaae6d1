/** The approval window as a person sees it: what it says, and its buttons. */
import type { Locator, Page } from '@playwright/test'

/** One question in the approval window. */
export interface Approval {
  /** The window itself, for what else a test wants to see. */
  readonly page: Page
  /** All its words. */
  readonly text: string
  /** Named facts: `Model`, `Paid to`, `Network`, …, and `Site`, `Price` from the head. */
  readonly fields: Readonly<Record<string, string>>
  /** Clicks *Approve* once it can be clicked; `budget: true` takes the budget that is preselected. */
  approve(options?: { budget?: boolean }): Promise<void>
  reject(): Promise<void>
  block(): Promise<void>
  /** Enters the password into the window's own unlock form; resolves when the question is on screen. */
  unlock(password: string): Promise<void>
  /** Closes the window as its frame's button does. */
  close(): Promise<void>
}

/** Longest that a question may take to be ready to read, in ms. */
const READ_MS = 30_000

/** Reads the question that a window shows, once its price and offer are there. */
export async function readApproval(page: Page): Promise<Approval> {
  await page.getByRole('heading', { level: 1 }).waitFor({ timeout: READ_MS })
  await settle(page)
  return {
    page,
    text: await page.locator('body').innerText(),
    fields: await readFields(page),
    approve: async ({ budget = false } = {}) => {
      const once = page.getByRole('button', { name: 'Approve once' })
      const withBudget = page.getByRole('button', { name: /^Approve with a budget/ })
      await press(page, budget || (await once.count()) === 0 ? withBudget : once)
    },
    reject: () => press(page, page.getByRole('button', { name: 'Reject', exact: true })),
    block: () => press(page, page.getByRole('button', { name: 'Block this site' })),
    async unlock(password) {
      await page.getByLabel('Password', { exact: true }).fill(password)
      await page.getByRole('button', { name: 'Unlock', exact: true }).click()
      await page.getByLabel('Password', { exact: true }).waitFor({ state: 'detached' })
      await settle(page)
    },
    close: () => page.close(),
  }
}

/** Waits out the words that only say that something is on its way. */
async function settle(page: Page): Promise<void> {
  for (const words of [
    'Asking for the price…',
    'Reading the gateway’s offer…',
    "Reading the gateway's offer…",
  ])
    await page.getByText(words).waitFor({ state: 'detached', timeout: READ_MS })
}

async function readFields(page: Page): Promise<Record<string, string>> {
  const names = await wordsOf(page.getByRole('term', { includeHidden: true }))
  const values = await wordsOf(page.getByRole('definition', { includeHidden: true }))
  const [site = ''] = await wordsOf(page.getByRole('heading', { level: 1 }))
  const [price = ''] = await wordsOf(page.getByRole('region', { name: 'Price' }))
  const facts = names.map((name, index) => [name, values[index] ?? ''])
  return { Site: site, Price: price, ...Object.fromEntries(facts) }
}

/** The words of each element, those for screen readers and in closed details included. */
async function wordsOf(elements: Locator): Promise<string[]> {
  const texts = await elements.evaluateAll((all) =>
    all.map((element) => (element as HTMLElement).innerText || element.textContent || ''),
  )
  return texts.map((text) => text.replace(/\s+/g, ' ').trim())
}

/** Clicks, and waits until the answer has arrived: the window closes or shows the next question. */
async function press(page: Page, button: Locator): Promise<void> {
  try {
    await button.click({ timeout: READ_MS })
  } catch (error) {
    // The press itself may close the window, before the click has reported back.
    if (!page.isClosed()) throw error
  }
  const closed = page.waitForEvent('close').catch(() => undefined)
  if (page.isClosed()) return
  const passedOn = page.getByText('Passing your answer on…').waitFor({ state: 'detached', timeout: READ_MS })
  await Promise.race([closed, passedOn.catch(() => undefined)])
}
