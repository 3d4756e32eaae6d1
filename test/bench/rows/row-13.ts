import { interleave, median } from '../interleave.ts'
import type { Timing } from '../pages/caller.ts'
import { compare, limit, type Row } from '../row.ts'
import { callers, rest } from './timing.ts'

const PACED = { plan: 'tokens=600 pace=1', tokens: 600 }
const BURST = { plan: 'tokens=8000', tokens: 8_000 }

export const row13: Row = {
  row: 13,
  what: 'streaming through the extension',
  async measure(tools) {
    const world = await tools.world()
    const page = await world.openCaller('127.0.0.1')
    const call = callers(page, world.gateway.url)
    const streamed = async (timing: Promise<Timing>) => {
      const { firstMs, lastMs } = await timing
      await rest(150)
      return lastMs - firstMs
    }
    const measure = ({ plan, tokens }: typeof PACED, rounds: number, what: string) =>
      interleave(
        {
          ours: () => streamed(call.ours(plan, tokens)),
          own: () => streamed(call.unpaid(plan, tokens)),
          again: () => streamed(call.ours(plan, tokens)),
        },
        { rounds, warmUp: 1, onRound: (round) => tools.progress(`${what}: ${round} of ${rounds}`) },
      )
    const paced = await measure(PACED, tools.rounds(12), 'paced')
    const burst = await measure(BURST, tools.rounds(15), 'burst')
    await page.close()
    const perThousand = (name: 'ours' | 'again') =>
      ((median(burst[name]) - median(burst.own)) * 1_000) / BURST.tokens
    return [
      compare("first to last token, one a ms ÷ the page's own fetch", 'ms', {
        ...{ ours: median(paced.ours), peer: median(paced.own), goal: 1.03 },
        aa: median(paced.again) / median(paced.ours),
      }),
      limit('extra for 1,000 tokens in a burst', 'ms', {
        ...{ ours: perThousand('ours'), goal: 5 },
        aa: perThousand('again'),
      }),
    ]
  },
}
