import { interleave, median } from '../interleave.ts'
import { compare, type Result, type Row } from '../row.ts'
import { openBenchPage } from './bench-page.ts'

const SMALL = 1_000
const LARGE = 100_000

const WORK = {
  check: ['budget check', 20],
  newest: ['newest 50', 5],
  origin: ["one origin's page", 5],
  today: ["today's totals", 20],
} as const

export const row11: Row = {
  row: 11,
  what: 'a year of history',
  async measure(tools) {
    const page = await openBenchPage(tools, 'ledger')
    const large = tools.short ? 3_000 : LARGE
    tools.progress(`filling a ledger with ${large} entries`)
    await page.evaluate((entries) => globalThis.ledgerBench.open('bench-large', entries), large)
    await page.evaluate((entries) => globalThis.ledgerBench.open('bench-small', entries), SMALL)
    const results: Result[] = []
    const rounds = tools.rounds(30)
    for (const name of Object.keys(WORK) as (keyof typeof WORK)[]) {
      const [what, batch] = WORK[name]
      const time = (ledger: string) => () =>
        page.evaluate(([work, at, times]) => globalThis.ledgerBench.time(work, at, times), [
          name,
          ledger,
          batch,
        ] as const)
      tools.progress(what)
      const samples = await interleave(
        { large: time('bench-large'), small: time('bench-small'), again: time('bench-large') },
        { rounds, warmUp: 3 },
      )
      results.push(
        compare(`${what}: 100,000 entries ÷ 1,000`, 'ms', {
          ...{ ours: median(samples.large), peer: median(samples.small), goal: 2 },
          aa: median(samples.again) / median(samples.large),
        }),
      )
    }
    await page.close()
    return results
  },
}
