import { interleave, median } from '../interleave.ts'
import { compare, type Result, type Row } from '../row.ts'
import { openBenchPage } from './bench-page.ts'

/** Operations in a row for one sample: the clock of a page is coarse. */
const BATCH = 10

export const row10: Row = {
  row: 10,
  what: 'what holding money costs',
  async measure(tools) {
    const page = await openBenchPage(tools, 'ledger')
    await page.evaluate(() => globalThis.ledgerBench.open('bench-reserve', 1_000))
    const time = (what: 'reserve' | 'decideAndReserve') => () =>
      page.evaluate(([name, batch]) => globalThis.ledgerBench.time(name, 'bench-reserve', batch), [
        what,
        BATCH,
      ] as const)
    const bare = () => page.evaluate((batch) => globalThis.ledgerBench.bare(batch), BATCH)
    const rounds = tools.rounds(40)
    const samples = await interleave(
      { atOnce: time('decideAndReserve'), bare, again: time('decideAndReserve'), apart: time('reserve') },
      { rounds, warmUp: 3, onRound: (round) => tools.progress(`${round} of ${rounds}`) },
    )
    await page.close()
    const peer = median(samples.bare)
    const aa = median(samples.again) / median(samples.atOnce)
    const results: Result[] = [
      compare('budget check + reserve ÷ one bare strict put', 'ms', {
        ...{ ours: median(samples.atOnce), peer, goal: 2.5, aa },
      }),
      compare('the same, where the person may have been asked between', 'ms', {
        ...{ ours: median(samples.apart), peer, goal: 2.5, aa },
      }),
    ]
    return results
  },
}
