import { interleave, median } from '../interleave.ts'
import { compare, limit, type Row } from '../row.ts'
import { openBenchPage } from './bench-page.ts'
import { sampleAnswer } from './sample-answer.ts'

export const row14: Row = {
  row: 14,
  what: 'rendering a 2,000-token answer',
  async measure(tools) {
    const page = await openBenchPage(tools, 'markdown')
    await page.bringToFront()
    const tokens = sampleAnswer(2_000)
    const rounds = tools.rounds(20)
    const longest: number[] = []
    const ours = async () => {
      const { busyMs, longestMs } = await page.evaluate(
        (words) => globalThis.markdownBench.ours(words),
        tokens,
      )
      longest.push(longestMs)
      return busyMs
    }
    const all = async () =>
      (await page.evaluate((words) => globalThis.markdownBench.marked(words), tokens)).busyMs
    const samples = await interleave(
      { ours, marked: all, again: ours },
      { rounds, warmUp: 2, onRound: (round) => tools.progress(`${round} of ${rounds}`) },
    )
    await page.close()
    const busy = median(samples.ours)
    return [
      compare('busy ÷ marked reading all again at the same flush', 'ms', {
        ...{ ours: busy, peer: median(samples.marked), goal: 0.15 },
        aa: median(samples.again) / busy,
      }),
      limit('longest task of any run', 'ms', { ours: Math.max(...longest), goal: 50 }),
    ]
  },
}
