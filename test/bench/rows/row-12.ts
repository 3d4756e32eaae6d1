import { interleave, median } from '../interleave.ts'
import { compare, type Row } from '../row.ts'
import type { World } from '../world.ts'

export const row12: Row = {
  row: 12,
  what: 'opening the popup',
  async measure(tools) {
    // Both are fresh: the shared world may have paid for many rows already.
    const [none, full] = [await tools.newWorld(), await tools.newWorld()]
    const entries = tools.short ? 3_000 : 100_000
    tools.progress(`filling a ledger with ${entries} entries`)
    const filling = await full.driver.open(`chrome-extension://${full.driver.extensionId}/bench-ledger.html`)
    await filling.evaluate((count) => globalThis.ledgerBench.fillOwn(count), entries)
    await filling.close()
    await full.driver.killWorker()
    for (const { driver } of [none, full]) {
      // What tsx calls to keep the names of functions.
      await driver.context.addInitScript({ content: 'globalThis.__name = (named) => named' })
      await driver.context.addInitScript(watchForWords)
    }
    const rounds = tools.rounds(20)
    const samples = await interleave(
      {
        popup: () => open(none, 'popup.html'),
        empty: () => open(none, 'bench-empty.html'),
        full: () => open(full, 'popup.html'),
        again: () => open(none, 'popup.html'),
        asleep: () => none.driver.killWorker().then(() => open(none, 'popup.html')),
      },
      { rounds, warmUp: 2, onRound: (round) => tools.progress(`${round} of ${rounds}`) },
    )
    await Promise.all([none.close(), full.close()])
    const ours = median(samples.popup)
    const aa = median(samples.again) / ours
    return [
      compare('popup usable ÷ an empty extension page', 'ms', {
        ...{ ours, peer: median(samples.empty), goal: 2.5, aa },
      }),
      compare('the same, while the worker sleeps', 'ms', {
        ...{ ours: median(samples.asleep), peer: median(samples.empty), goal: 2.5, aa },
      }),
      compare('popup usable: 100,000 entries ÷ none', 'ms', {
        ...{ ours: median(samples.full), peer: ours, goal: 1.3, aa },
      }),
    ]
  },
}

/** ms from the navigation's start until its words are on screen and the page rests. */
async function open({ driver }: World, path: string): Promise<number> {
  const page = await driver.context.newPage()
  await page.goto(`chrome-extension://${driver.extensionId}/${path}`)
  const usableMs = await page.evaluate(() => globalThis.usable)
  await page.close()
  await new Promise((done) => setTimeout(done, 150))
  return usableMs
}

/** In the page: the money is the last that Home gets to say. */
function watchForWords(): void {
  globalThis.usable = new Promise<number>((done) => {
    const look = () => {
      if (!/[$]\s?\d/.test(document.querySelector('main')?.textContent ?? '')) return false
      observer.disconnect()
      requestAnimationFrame(() => requestIdleCallback(() => done(performance.now())))
      return true
    }
    const observer = new MutationObserver(() => look())
    observer.observe(document, { childList: true, subtree: true, characterData: true })
    document.addEventListener('DOMContentLoaded', () => look())
  })
}

declare global {
  var usable: Promise<number>
}
