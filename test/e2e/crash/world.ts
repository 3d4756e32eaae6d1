/** A wallet in a browser beside a lab of its own, with cables that can be cut: what a crash happens to. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from '@playwright/test'
import { inject } from 'vitest'
import type { SiteView } from '../../../src/protocol/ui-views.ts'
import { askUi } from '../ask-ui.ts'
import { PASSWORD } from '../bench.ts'
import { type Driver, launch } from '../driver.ts'
import { connectLab, type LabClient } from '../lab-client.ts'
import { startOwnLab } from '../own-lab.mjs'
import { newestBlock } from './chain-log.ts'
import { layWires, type Wires } from './wires.ts'

export interface World {
  readonly driver: Driver
  readonly lab: LabClient
  readonly wires: Wires
  /** Text of the built worker. */
  readonly script: string
  /** The chain's block when the world began. */
  readonly fromBlock: bigint
  browser(): Browser
  scriptUrl(): string
  /** Runs in a page of the extension that runs no script of its own; a dead worker stays dead. */
  inside<T>(work: (page: Page) => Promise<T>): Promise<T>
  /** Origin of a site that nobody has used before. */
  newSite(): string
  /** The site's budget from now on, in atomic units of USDC; one call may use all of it. */
  giveBudget(site: string, cap: bigint): Promise<void>
  site(site: string): Promise<SiteView>
  close(): Promise<void>
}

/** Tokens of answer a second: slow enough that a stream can be met in its middle. */
const SPEED = { tokensPerSecond: 60, delayMs: 0 }

export async function makeWorld(): Promise<World> {
  const own = await startOwnLab()
  const lab = connectLab(own.info)
  const { rpc, urls, accounts } = own.info
  const wires = await layWires([urls.jumpgate, rpc.base, rpc.baseSecond], own.extensionDir)
  await lab.rate('jumpgate', SPEED)
  const driver = await launch({
    extensionDir: own.extensionDir,
    executablePath: inject('chromium'),
    headless: true,
  })
  await allowUnpacked(driver)
  await driver.onboard({ phrase: accounts.phrase, password: PASSWORD })
  let sites = 0
  const url = (path: string) => `chrome-extension://${driver.extensionId}/${path}`
  const inside: World['inside'] = async (work) => {
    const page = await driver.context.newPage()
    try {
      await page.goto(url('manifest.json'))
      return await work(page)
    } finally {
      await page.close().catch(() => undefined)
    }
  }
  return {
    driver,
    lab,
    wires,
    script: readFileSync(join(own.extensionDir, 'background.js'), 'utf8'),
    fromBlock: await newestBlock(lab),
    browser() {
      const browser = driver.context.browser()
      if (!browser) throw new Error('the context has no browser')
      return browser
    },
    scriptUrl: () => url('background.js'),
    inside,
    newSite: () => `http://crash-${++sites}.localhost:${new URL(urls.site).port}`,
    giveBudget: (site, cap) =>
      inside(async (page) => {
        const figures = { currency: 'USDC', cap: String(cap), period: 'day', maxPerRequest: String(cap) }
        const budget = { ...figures, models: 'all', expiresAtMs: null }
        await askUi(page, 'sites.putBudget', { principal: site, budget })
      }),
    site: (site) => inside((page) => askUi<SiteView>(page, 'sites.get', { principal: site })),
    async close() {
      await driver.close()
      await wires.stop()
      await own.stop()
    },
  }
}

/** An unpacked extension that reloads itself stays off without this switch of chrome://extensions. */
async function allowUnpacked(driver: Driver): Promise<void> {
  const page = await driver.open('chrome://extensions')
  await page.evaluate(async () => {
    type Private = { updateProfileConfiguration(change: { inDeveloperMode: boolean }): Promise<void> }
    const { developerPrivate } = chrome as unknown as { developerPrivate: Private }
    await developerPrivate.updateProfileConfiguration({ inDeveloperMode: true })
  })
  await page.close()
}
