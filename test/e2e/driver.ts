/** Drives the extension in a real browser through its own pages, by accessible roles and names only. */
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium, type Page, type Worker } from '@playwright/test'
import { searchChromium } from '../../scripts/installed-chromium.mjs'
import type { HistoryPageView, HistoryRowView } from '../../src/protocol/ui-views.ts'
import { type Approval, readApproval } from './approval.ts'
import { askUi } from './ask-ui.ts'
import { type Onboarded, onboardIn, type WalletChoice } from './onboard.ts'
import { removeProfile } from './remove-profile.ts'

export type { Approval } from './approval.ts'
export type { Onboarded, WalletChoice } from './onboard.ts'

export interface LaunchOptions {
  /** Folder of the built extension. */
  readonly extensionDir: string
  readonly headless: boolean
  /** Chromium's program; else CHROME_PATH, else the usual names and places. */
  readonly executablePath?: string
  /** Further switches for Chromium. */
  readonly args?: readonly string[]
  /** Keeps pages for Back as browsers do; else Playwright switches that off. */
  readonly backForwardCache?: boolean
}

/** A browser with the extension in it. */
export interface Driver {
  readonly context: BrowserContext
  readonly extensionId: string
  /** Makes the wallet through the onboarding pages; without a phrase it creates a new one. */
  onboard(wallet: WalletChoice): Promise<Onboarded>
  /** Resolves with whether the password was right. */
  unlock(password: string): Promise<boolean>
  lock(): Promise<void>
  /** Opens a page of the web. */
  open(url: string): Promise<Page>
  /** The popup's page in a tab; `route` such as `#/history`. */
  openPopup(route?: string): Promise<Page>
  /** The side panel's page in a tab. */
  openPanel(): Promise<Page>
  /** The question in the approval window, once there is one that can be read. */
  nextApproval(options?: { readonly timeoutMs?: number }): Promise<Approval>
  /** How many approval windows are open. */
  approvalWindows(): number
  /** All rows of the history, newest first, as the UI's own query returns them. */
  ledger(): Promise<readonly HistoryRowView[]>
  /** Stops the service worker as Chromium does when it idles. */
  killWorker(): Promise<void>
  /** The running service worker, woken where it sleeps. */
  worker(): Promise<Worker>
  /** Moves the worker's wall clock by so many seconds, until it dies. */
  moveClock(seconds: number): Promise<void>
  /** Folder of the browser's profile, for tests that look at what lies on the disk. */
  readonly profileDir: string
  /** Ends the browser and starts it again with the same profile. */
  restart(): Promise<void>
  close(): Promise<void>
}

/** Longest wait for a window that the extension opens, in ms. */
const WINDOW_MS = 20_000

/** Starts Chromium with a profile of its own and the extension loaded. */
export async function launch(options: LaunchOptions): Promise<Driver> {
  const profile = mkdtempSync(join(tmpdir(), 'x402-chat-profile-'))
  let { context, extensionId } = await startOrClean(options, profile)
  const url = (path: string) => `chrome-extension://${extensionId}/${path}`

  async function openOwn(path: string): Promise<Page> {
    const page = await context.newPage()
    await page.goto(url(path))
    return page
  }

  /** Runs in a page of the extension that is closed afterwards. */
  async function withPopup<T>(work: (page: Page) => Promise<T>): Promise<T> {
    const page = await openOwn('popup.html')
    try {
      return await work(page)
    } finally {
      await page.close()
    }
  }

  /** Any call of the extension's own pages wakes it. */
  async function worker(): Promise<Worker> {
    await withPopup((page) => askUi(page, 'wallet.status', {}))
    const [found] = context.serviceWorkers()
    if (!found) throw new Error('the worker does not run')
    return found
  }

  const approvalPages = () =>
    context.pages().filter((page) => page.url().startsWith(url('approval.html')) && !page.isClosed())

  return {
    get context() {
      return context
    },
    get extensionId() {
      return extensionId
    },
    async onboard(wallet) {
      const page = await openOwn('onboarding.html')
      const made = await onboardIn(page, wallet)
      await page.close()
      return made
    },
    unlock: (password) =>
      withPopup(async (page) => {
        await page.getByLabel('Password', { exact: true }).fill(password)
        await page.getByRole('button', { name: 'Unlock', exact: true }).click()
        const lock = page.getByRole('button', { name: 'Lock', exact: true })
        const wrong = page.getByText(/That is not the password|Too many wrong passwords/)
        await lock.or(wrong).first().waitFor()
        return lock.isVisible()
      }),
    lock: () =>
      withPopup(async (page) => {
        await page.getByRole('button', { name: 'Lock', exact: true }).click()
        await page.getByRole('button', { name: 'Unlock', exact: true }).waitFor()
      }),
    async open(address) {
      const page = await context.newPage()
      await page.goto(address)
      return page
    },
    openPopup: (route = '') => openOwn(`popup.html${route}`),
    openPanel: () => openOwn('sidepanel.html'),
    async nextApproval({ timeoutMs = WINDOW_MS } = {}) {
      const isApproval = (page: Page) => page.url().startsWith(url('approval.html'))
      const page =
        approvalPages()[0] ??
        (await context.waitForEvent('page', { predicate: isApproval, timeout: timeoutMs }))
      return readApproval(page)
    },
    approvalWindows: () => approvalPages().length,
    ledger: () => withPopup(readLedger),
    worker,
    moveClock: async (seconds) => void (await (await worker()).evaluate(moveDate, seconds)),
    profileDir: profile,
    killWorker: () => stopWorker(context, url('manifest.json')),
    async restart() {
      await context.close()
      context = await start(options, profile)
      extensionId = await readExtensionId(context)
    },
    async close() {
      await context.close()
      removeProfile(profile)
    },
  }
}

/** Runs in the worker. */
function moveDate(seconds: number): void {
  const RealDate = globalThis.Date
  const now = () => RealDate.now() + seconds * 1000
  globalThis.Date = class extends RealDate {
    constructor(...args: [] | [number | string]) {
      super(...(args.length === 0 ? ([now()] as const) : (args as [number])))
    }
    static override now = now
  } as DateConstructor
}

async function start(options: LaunchOptions, profile: string): Promise<BrowserContext> {
  const asRoot = process.getuid?.() === 0
  return chromium.launchPersistentContext(profile, {
    executablePath: options.executablePath ?? process.env.CHROME_PATH ?? searchChromium() ?? 'chromium',
    headless: options.headless,
    viewport: null,
    ignoreDefaultArgs: options.backForwardCache ? ['--disable-back-forward-cache'] : [],
    args: [
      ...(asRoot ? ['--no-sandbox'] : []),
      `--disable-extensions-except=${options.extensionDir}`,
      `--load-extension=${options.extensionDir}`,
      ...(options.args ?? []),
    ],
  })
}

/** Leaves neither browser nor profile behind where the extension does not come up. */
async function startOrClean(options: LaunchOptions, profile: string) {
  let context: BrowserContext | undefined
  try {
    context = await start(options, profile)
    return { context, extensionId: await readExtensionId(context) }
  } catch (error) {
    await context?.close()
    removeProfile(profile)
    throw error
  }
}

/** The id stands in the address of the extension's worker. */
async function readExtensionId(context: BrowserContext): Promise<string> {
  const worker =
    context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker', { timeout: WINDOW_MS }))
  return new URL(worker.url()).host
}

/** Pages through the history from a page of the extension. */
async function readLedger(page: Page): Promise<readonly HistoryRowView[]> {
  const rows: HistoryRowView[] = []
  let before: string | null = null
  do {
    const params = { filter: {}, limit: 200, before }
    const answer: HistoryPageView = await askUi(page, 'history.page', params)
    rows.push(...answer.rows)
    before = answer.next
  } while (before !== null)
  return rows
}

/** `quietPage` is an address of the extension that runs no script, so that nothing wakes the worker again. */
async function stopWorker(context: BrowserContext, quietPage: string): Promise<void> {
  const page = await context.newPage()
  try {
    await page.goto(quietPage)
    const session = await context.newCDPSession(page)
    const origin = new URL(quietPage).host
    const stopped = new Promise<void>((done) => {
      session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
        for (const version of versions) {
          if (!version.scriptURL.includes(origin)) continue
          if (version.runningStatus === 'stopped') done()
          else if (version.runningStatus === 'running')
            session.send('ServiceWorker.stopWorker', { versionId: version.versionId }).catch(() => undefined)
        }
      })
    })
    await session.send('ServiceWorker.enable')
    await stopped
  } finally {
    await page.close()
  }
}
