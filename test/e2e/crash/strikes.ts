/** The four ways in which everything may end at once, each while the worker stands at its point. */
import { PASSWORD } from '../bench.ts'
import type { WorkerDebugger } from './worker-debugger.ts'
import type { World } from './world.ts'

export const STRIKES = ['stop worker', 'reload extension', 'kill browser', 'cut network'] as const
export type Strike = (typeof STRIKES)[number]

/** How long the network stays cut while the worker runs on, in ms. */
const CUT_MS = 2_500

/** Resolves when the extension could go on again: the wallet is unlocked, the network is there. */
export async function strike(world: World, how: Strike, worker: WorkerDebugger): Promise<void> {
  const { driver } = world
  switch (how) {
    case 'stop worker':
      await driver.killWorker()
      return worker.detach()
    case 'reload extension':
      await reloadExtension(world)
      await worker.detach()
      return unlock(world)
    case 'kill browser':
      await killBrowser(world)
      await driver.restart()
      return unlock(world)
    case 'cut network':
      world.wires.cut()
      await worker.resume()
      await worker.detach()
      await sleep(CUT_MS)
      return world.wires.mend()
  }
}

async function unlock({ driver }: World): Promise<void> {
  if (!(await driver.unlock(PASSWORD))) throw new Error('the wallet does not open any more')
}

/** As the button on chrome://extensions does, or an update. */
async function reloadExtension(world: World): Promise<void> {
  const page = await world.driver.context.newPage()
  await page.goto(`chrome-extension://${world.driver.extensionId}/manifest.json`)
  await page.evaluate(() => void setTimeout(() => chrome.runtime.reload(), 0))
  await page.waitForEvent('close')
  for (let tries = 1; ; tries++) {
    const isBack = await world.inside(async (own) => own.evaluate(() => chrome.runtime.id)).catch(() => null)
    if (isBack) return
    if (tries > 100) throw new Error('the extension did not come back')
    await sleep(50)
  }
}

/** By signal, with no time to write anything. */
async function killBrowser(world: World): Promise<void> {
  const browser = world.browser()
  const session = await browser.newBrowserCDPSession()
  const { processInfo } = await session.send('SystemInfo.getProcessInfo')
  const main = processInfo.find(({ type }) => type === 'browser')
  if (!main) throw new Error('the browser does not name its process')
  const gone = new Promise<void>((done) => browser.once('disconnected', () => done()))
  process.kill(main.id, 'SIGKILL')
  await gone
}

const sleep = (ms: number) => new Promise((done) => setTimeout(done, ms))
