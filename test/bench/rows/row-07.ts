import { interleave, median } from '../interleave.ts'
import { compare, limit, type Result, type Row } from '../row.ts'
import { callers, rest } from './timing.ts'

const PLAN = 'tokens=8'
/** Windows that the gateway asks for in turn, seconds: the pinned one is always the other. */
const WINDOWS = [300, 240] as const

export const row07: Row = {
  row: 7,
  what: 'pinned terms that turn out stale',
  async measure(tools) {
    const world = await tools.world()
    const { gateway } = world
    const page = await world.openCaller('127.0.0.1')
    const call = callers(page, gateway.url)
    const rounds = tools.rounds(25)
    let turn = 0
    const requests: number[] = []
    const stale = async () => {
      gateway.setWindow(WINDOWS[++turn % 2] ?? 300)
      gateway.clearCounts()
      const { firstMs } = await call.ours(PLAN, 8)
      requests.push(Object.values(gateway.counts()).reduce((sum, count) => sum + count, 0))
      await rest(120)
      return firstMs
    }
    const stock = async () => {
      const { firstMs } = await call.stock(PLAN, 8)
      await rest(120)
      return firstMs
    }
    gateway.setDelay(50)
    try {
      await call.ours(PLAN, 8)
      const samples = await interleave(
        { stale, stock, again: stale },
        { rounds, warmUp: 2, onRound: (round) => tools.progress(`${round} of ${rounds}`) },
      )
      const ours = median(samples.stale)
      return [
        compare('first token ÷ @x402/fetch: +50 ms', 'ms', {
          ...{ ours, peer: median(samples.stock), goal: 1.05 },
          aa: median(samples.again) / ours,
        }),
        exactly(requests),
      ]
    } finally {
      gateway.setDelay(0)
      gateway.setWindow(300)
      await page.close()
    }
  },
}

/** Two, neither more nor fewer: with one, the pinned terms were not stale and nothing was measured. */
function exactly(requests: readonly number[]): Result {
  const [least, most] = [Math.min(...requests), Math.max(...requests)]
  const row = limit(`requests, the most of any call (the least: ${least})`, 'requests', {
    ours: most,
    goal: 2,
  })
  return { ...row, holds: least === 2 && most === 2 }
}
