import type { BrowserContext } from '@playwright/test'
import { interleave, median } from '../interleave.ts'
import { launchWith } from '../peer-browser.ts'
import { walletExtension } from '../peer-extension.ts'
import { compare, type Row } from '../row.ts'

export const row02: Row = {
  row: 2,
  what: 'script time that a page load gets on top',
  async measure(tools) {
    const gateway = await tools.gateway()
    gateway.put('plain', 'text/html', '<!doctype html><title>Plain</title><p>Some words.</p>')
    const url = gateway.pageOn('127.0.0.1', 'plain')
    tools.progress('starting browsers')
    const [none, ours, wallet] = await Promise.all([
      launchWith(tools, []),
      launchWith(tools, [await tools.productDir()]),
      launchWith(tools, [await walletExtension()]),
    ])
    const rounds = tools.rounds(40)
    const load = (context: BrowserContext) => () => scriptMs(context, url)
    const samples = await interleave(
      { none: load(none), ours: load(ours), wallet: load(wallet), again: load(ours) },
      { rounds, warmUp: 3, onRound: (round) => tools.progress(`${round} of ${rounds}`) },
    )
    await Promise.all([none.close(), ours.close(), wallet.close()])
    const floor = median(samples.none)
    const added = median(samples.ours) - floor
    return [
      compare("added script time per load ÷ an injected wallet provider's", 'ms', {
        ...{ ours: added, peer: median(samples.wallet) - floor, goal: 0.03 },
        aa: (median(samples.again) - floor) / (median(samples.wallet) - floor),
      }),
    ]
  },
}

/** Script time of the renderer for one load of a fresh page. */
async function scriptMs(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage()
  const session = await context.newCDPSession(page)
  await session.send('Performance.enable')
  const read = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1_000
  }
  const before = await read()
  await page.goto(url, { waitUntil: 'load' })
  await new Promise((done) => setTimeout(done, 60))
  const after = await read()
  await page.close()
  // The counter starts anew where the page got another process.
  return after >= before ? after - before : after
}
