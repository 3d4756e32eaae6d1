import type { BrowserContext } from '@playwright/test'
import { launchWith } from '../peer-browser.ts'
import { limit, type Row } from '../row.ts'

export const row03: Row = {
  row: 3,
  what: 'pages that do not use the API',
  async measure(tools) {
    const gateway = await tools.gateway()
    gateway.put('plain', 'text/html', '<!doctype html><title>Plain</title><p>Some words.</p>')
    const context = await launchWith(tools, [await tools.productDir()])
    const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'))
    const id = new URL(worker.url()).host
    // What an installation has to do is done.
    await new Promise((done) => setTimeout(done, 3_000))
    // The page that an installation opens asks the worker back whenever it stops; a person closes it.
    for (const own of context.pages()) if (own.url().includes(id)) await own.close()
    const watch = await watchWorker(context, id)
    await watch.stop()
    for (let load = 0; load < 20; load++) {
      const page = await context.newPage()
      await page.goto(gateway.pageOn('127.0.0.1', 'plain'))
      // A person clicks and types on most pages.
      await page.mouse.click(10, 10)
      await page.keyboard.press('a')
      await page.close()
      tools.progress(`${load + 1} of 20`)
    }
    await new Promise((done) => setTimeout(done, 500))
    const starts = watch.starts()
    await wakeByCall(context, gateway.pageOn('127.0.0.1', 'plain'), watch)
    await context.close()
    return [
      limit('worker starts over 20 loads (a message would start it)', 'starts', { ours: starts, goal: 0 }),
    ]
  },
}

/** What is counted must be countable: one call of the API starts the worker, or nothing was measured. */
async function wakeByCall(context: BrowserContext, url: string, watch: { starts(): number }): Promise<void> {
  const page = await context.newPage()
  await page.goto(url)
  await page.evaluate('x402Chat.models.list()')
  await new Promise((done) => setTimeout(done, 500))
  if (watch.starts() < 1) throw new Error('a call of the API started no worker')
}

/** Counts how often the extension's worker is started, from a page of the extension that runs no script. */
async function watchWorker(context: BrowserContext, id: string) {
  const page = await context.newPage()
  await page.goto(`chrome-extension://${id}/manifest.json`)
  const session = await context.newCDPSession(page)
  let status = ''
  let versionId = ''
  let starts = 0
  session.on('ServiceWorker.workerVersionUpdated', ({ versions }) => {
    for (const version of versions) {
      if (!version.scriptURL.includes(id)) continue
      if (status === 'stopped' && version.runningStatus === 'starting') starts += 1
      status = version.runningStatus
      versionId = version.versionId
    }
  })
  await session.send('ServiceWorker.enable')
  return {
    starts: () => starts,
    async stop() {
      for (let look = 0; look < 100 && status !== 'stopped'; look++) {
        if (status === 'running') await session.send('ServiceWorker.stopWorker', { versionId })
        await new Promise((done) => setTimeout(done, 50))
      }
      if (status !== 'stopped') throw new Error(`the worker is ${status}`)
      starts = 0
    },
  }
}
