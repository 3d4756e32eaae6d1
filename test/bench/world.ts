/** A browser with the minified lab build, a funded wallet, and pages that call it. */
import type { Page } from '@playwright/test'
import { seal } from '../../src/protocol/sealed-box.ts'
import type { GuardsView, SiteView } from '../../src/protocol/ui-views.ts'
import { askUi } from '../e2e/ask-ui.ts'
import type { Driver } from '../e2e/driver.ts'
import type { LabClient } from '../e2e/lab-client.ts'
import { bundle } from './bundle.ts'
import type { BenchGateway } from './gateway/start-bench-gateway.ts'
import type { CallerBench } from './pages/caller.ts'

const PASSWORD = 'five turtles knit quietly'
/** 5 USDC: more than a whole run spends. */
const CAP = '5000000'

export interface World {
  readonly driver: Driver
  readonly lab: LabClient
  readonly gateway: BenchGateway
  readonly password: string
  /** A page of the extension that stays open, to ask the background over. */
  readonly own: Page
  /** A page that calls the API, with a budget of its own and terms pinned. */
  openCaller(host: string): Promise<Page>
  close(): Promise<void>
}

interface Parts {
  readonly driver: Driver
  readonly lab: LabClient
  readonly gateway: BenchGateway
}

export async function openWorld(parts: Parts): Promise<World> {
  const { driver, gateway, lab } = parts
  driver.context.setDefaultTimeout(60_000)
  await driver.onboard({ phrase: lab.info.accounts.phrase, password: PASSWORD })
  // A page that shows nothing: the popup would read everything anew at every change.
  const own = await driver.open(`chrome-extension://${driver.extensionId}/bench-kdf.html`)
  await raiseLimit(own)
  gateway.put('caller.js', 'text/javascript', await bundle('pages/caller.ts'))
  gateway.put(
    'caller',
    'text/html',
    '<!doctype html><title>Caller</title><body><script src="/page/caller.js"></script>',
  )
  const known = new Set<string>()
  return {
    ...parts,
    password: PASSWORD,
    own,
    async openCaller(host) {
      const page = await driver.open(gateway.pageOn(host, 'caller'))
      await page.evaluate(
        (key) => globalThis.bench.useKey(key),
        lab.info.accounts.evm.privateKey as `0x${string}`,
      )
      if (!known.has(host)) await giveBudget(driver, own, page)
      known.add(host)
      return page
    },
    close: () => driver.close(),
  }
}

/** The first yes is given in the approval window, which pins the gateway's terms; then the site gets room. */
async function giveBudget(driver: Driver, own: Page, page: Page): Promise<void> {
  await page.bringToFront()
  await page.mouse.click(5, 5)
  const first = page.evaluate(() => globalThis.bench.ours('tokens=4', { tokens: 4, quoted: false }))
  first.catch(() => undefined)
  const approval = await driver.nextApproval()
  await approval.approve({ budget: true })
  await first
  const principal = await page.evaluate(() => location.origin)
  const site = await askUi<SiteView>(own, 'sites.get', { principal })
  const [use] = site.budgets
  if (!use) throw new Error(`${principal} got no budget`)
  const { id, currency, period, models, expiresAtMs } = use
  const budget = { id, currency, period, models, expiresAtMs, cap: CAP, maxPerRequest: '50000' }
  await askUi(own, 'sites.putBudget', { principal, budget })
}

/** Raises what the person lets all sites spend in a day. */
async function raiseLimit(own: Page): Promise<void> {
  const { limits } = await askUi<GuardsView>(own, 'limits.get', {})
  const raised = { ...limits, USDC: { ...limits.USDC, perDay: '20000000' } }
  await askUi(own, 'limits.set', { limits: raised, password: await sealed(own, PASSWORD) })
}

/** A secret as our own pages send it. */
export async function sealed(own: Page, secret: string) {
  const { publicKey } = await askUi<{ publicKey: string }>(own, 'secrets.key', {})
  return seal(publicKey, secret)
}

/** In the page. */
declare global {
  var bench: CallerBench
}
