import type { BrowserContext, Page } from '@playwright/test'
import { interleave, median } from '../interleave.ts'
import { launchWith } from '../peer-browser.ts'
import { stockWorkerExtension } from '../peer-extension.ts'
import { compare, type Row } from '../row.ts'
import { callers, rest } from './timing.ts'

const PLAN = 'tokens=8'

export const row08: Row = {
  row: 8,
  what: 'the first token after the worker was stopped',
  async measure(tools) {
    const world = await tools.world()
    const { gateway, driver } = world
    const page = await world.openCaller('127.0.0.1')
    const call = callers(page, gateway.url)
    tools.progress("starting the peer's browser")
    const peer = await openPeer(await launchWith(tools, [await stockWorkerExtension()]))
    const stock = await peer.openPage(gateway.pageOn('127.0.0.1', 'caller'))
    const key = world.lab.info.accounts.evm.privateKey as `0x${string}`
    await call.ours(PLAN, 8)
    const ours = async () => {
      // As for the peer: the quote is in hand when the worker goes.
      await page.evaluate((plan) => globalThis.bench.quoteOurs(plan, 8), PLAN)
      await driver.killWorker()
      await rest(400)
      await page.bringToFront()
      const { firstMs } = await page.evaluate(() => globalThis.bench.oursQuoted())
      await rest(300)
      return firstMs
    }
    const theirs = async () => {
      await peer.killWorker()
      await rest(400)
      await stock.bringToFront()
      return stock.evaluate(([secret, url, plan]) => globalThis.bench.stockWorker(secret, url, plan), [
        ...[key, gateway.url, PLAN],
      ] as [`0x${string}`, string, string])
    }
    const rounds = tools.rounds(15)
    const samples = await interleave(
      { ours, theirs, again: ours },
      { rounds, warmUp: 1, onRound: (round) => tools.progress(`${round} of ${rounds}`) },
    )
    await page.close()
    const first = median(samples.ours)
    return [
      compare('worker stopped → first paid token ÷ a worker with @x402/fetch', 'ms', {
        ...{ ours: first, peer: median(samples.theirs), goal: 0.8 },
        aa: median(samples.again) / first,
      }),
    ]
  },
}

async function openPeer(context: BrowserContext) {
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
  const id = new URL(worker.url()).host
  return {
    async openPage(url: string): Promise<Page> {
      const page = await context.newPage()
      await page.goto(url)
      return page
    },
    async killWorker(): Promise<void> {
      const page = await context.newPage()
      await page.goto(`chrome-extension://${id}/quiet.txt`)
      const session = await context.newCDPSession(page)
      await session.send('ServiceWorker.enable')
      await session.send('ServiceWorker.stopAllWorkers')
      await rest(100)
      await page.close()
    },
  }
}
