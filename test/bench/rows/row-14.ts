import { interleave, median } from '../interleave.ts'
import { compare, limit, type Result, type Row } from '../row.ts'
import type { Tools } from '../tools.ts'
import { openBenchPage } from './bench-page.ts'
import { sampleAnswer } from './sample-answer.ts'

interface Pace {
  readonly tokensPerSecond: number
  readonly rounds: number
}

/** A model at its usual pace, and a burst: much quicker, or held up on its way. */
const PACES: readonly Pace[] = [
  { tokensPerSecond: 80, rounds: 8 },
  { tokensPerSecond: 430, rounds: 12 },
]

/** Between two flushes of the panel, ms: what `run-answer.ts` gathers for 30, and the next frame. Counted there: 27 a second. */
const FLUSH_MS = 37

export const row14: Row = {
  row: 14,
  what: 'rendering a 2,000-token answer',
  async measure(tools) {
    const results: Result[] = []
    for (const pace of PACES) results.push(...(await measurePace(tools, pace)))
    return results
  },
}

async function measurePace(tools: Tools, pace: Pace): Promise<readonly Result[]> {
  const page = await openBenchPage(tools, 'markdown')
  await page.bringToFront()
  const every = Math.round((pace.tokensPerSecond * FLUSH_MS) / 1_000)
  const at = `at ${pace.tokensPerSecond} tokens a second, ${every} a flush`
  const work = { tokens: sampleAnswer(tools.short ? 500 : 2_000), every }
  const rounds = tools.rounds(pace.rounds)
  const longest: number[] = []
  const ours = async () => {
    const { busyMs, longestMs } = await page.evaluate(
      ({ tokens, every }) => globalThis.markdownBench.ours(tokens, every),
      work,
    )
    longest.push(longestMs)
    return busyMs
  }
  const marked = async () => {
    const { busyMs } = await page.evaluate(
      ({ tokens, every }) => globalThis.markdownBench.marked(tokens, every),
      work,
    )
    return busyMs
  }
  const samples = await interleave(
    { ours, marked, again: ours },
    { rounds, warmUp: 1, onRound: (round) => tools.progress(`${round} of ${rounds}, ${at}`) },
  )
  await page.close()
  const busy = median(samples.ours)
  return [
    compare(`busy ÷ marked reading all again at the same flush, ${at}`, 'ms', {
      ...{ ours: busy, peer: median(samples.marked), goal: 0.15 },
      aa: median(samples.again) / busy,
    }),
    limit(`longest task of any run, ${at}`, 'ms', { ours: Math.max(...longest), goal: 50 }),
  ]
}
