import { interleave, median } from '../interleave.ts'
import { compare, type Result, type Row } from '../row.ts'
import type { Tools } from '../tools.ts'
import { callers, rest } from './timing.ts'

const PLAN = 'tokens=8'
const TOKENS = 8
/** Between two calls. Answers are short; the worker's own work after one takes longer than the answer. */
const REST_MS = 120

interface Scene {
  readonly what: string
  readonly host: string
  readonly delayMs: number
  readonly goal: number
  /** At +50 ms on one origin: row 5's goal against an unpaid call. */
  readonly floor: number | null
}

const SCENES: readonly Scene[] = [
  { what: 'same origin', host: '127.0.0.1', delayMs: 0, goal: 0.75, floor: null },
  { what: 'same origin, +50 ms', host: '127.0.0.1', delayMs: 50, goal: 0.56, floor: 1.08 },
  { what: 'cross origin, +50 ms', host: 'site.localhost', delayMs: 50, goal: 0.42, floor: null },
]

export const row04: Row = {
  row: 4,
  what: 'time to the first token of a warm paid request',
  async measure(tools) {
    const results: Result[] = []
    for (const scene of SCENES) {
      const { ours, again, stock } = await timeScene(tools, scene)
      results.push(
        compare(`first token ÷ @x402/fetch: ${scene.what}`, 'ms', {
          ...{ ours, peer: stock, goal: scene.goal },
          aa: again / ours,
        }),
      )
    }
    return results
  },
}

export const row05: Row = {
  row: 5,
  what: 'a warm paid request beside an unpaid one',
  async measure(tools) {
    const [, scene] = SCENES
    if (!scene) throw new Error('no scene')
    const { ours, again, unpaid } = await timeScene(tools, scene)
    return [
      compare('first token ÷ an unpaid fetch: +50 ms', 'ms', {
        ...{ ours, peer: unpaid, goal: scene.floor ?? 0 },
        aa: again / ours,
      }),
    ]
  },
}

const measured = new Map<Scene, Promise<Record<'ours' | 'again' | 'stock' | 'unpaid', number>>>()

/** Both rows use the same samples where both are asked for. */
function timeScene(tools: Tools, scene: Scene) {
  const known = measured.get(scene)
  if (known) return known
  const timing = measure(tools, scene)
  measured.set(scene, timing)
  return timing
}

async function measure(tools: Tools, { what, host, delayMs }: Scene) {
  const world = await tools.world()
  const { gateway } = world
  const page = await world.openCaller(host)
  const rounds = tools.rounds(40)
  const call = callers(page, gateway.url)
  const first = async (timing: Promise<{ firstMs: number }>) => {
    const { firstMs } = await timing
    await rest(REST_MS)
    return firstMs
  }
  gateway.setDelay(delayMs)
  try {
    const samples = await interleave(
      {
        ours: () => first(call.ours(PLAN, TOKENS)),
        stock: () => first(call.stock(PLAN, TOKENS)),
        again: () => first(call.ours(PLAN, TOKENS)),
        unpaid: () => first(call.unpaid(PLAN, TOKENS)),
      },
      { rounds, warmUp: 3, onRound: (round) => tools.progress(`${what}: ${round} of ${rounds}`) },
    )
    return {
      ours: median(samples.ours),
      again: median(samples.again),
      stock: median(samples.stock),
      unpaid: median(samples.unpaid),
    }
  } finally {
    gateway.setDelay(0)
    await page.close()
  }
}
