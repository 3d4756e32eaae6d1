import { limit, type Row } from '../row.ts'
import { watchMemory } from '../worker-memory.ts'
import { rest } from './timing.ts'

/** Characters of one token, and tokens: together with their frames just under the 64 MB that an answer may have. */
const SIZE = 4_000
const TOKENS = 14_800

export const row16: Row = {
  row: 16,
  what: 'memory',
  async measure(tools) {
    const world = await tools.world()
    const page = await world.openCaller('127.0.0.1')
    const tokens = tools.short ? 1_500 : TOKENS
    const run = (count: number) =>
      page.evaluate(([plan, most]) => globalThis.bench.ours(plan, { tokens: most, quoted: false }), [
        `tokens=${count} size=${SIZE}`,
        count,
      ] as const)
    await run(20)
    await rest(3_000)
    const { extensionId, context } = world.driver
    const memory = await watchMemory(context, `chrome-extension://${extensionId}/background.js`, page)
    const idle = { worker: await memory.worker(), page: await memory.page() }
    const streaming = run(tokens)
    let done = false
    void streaming.finally(() => {
      done = true
    })
    let most = 0
    while (!done) {
      const [worker, bridge] = [await memory.worker(), await memory.page()]
      most = Math.max(most, worker + bridge)
      tools.progress(`streaming, ${(worker + bridge).toFixed(0)} MB`)
      await rest(200)
    }
    await streaming
    await memory.end()
    await page.close()
    return [
      limit('worker and page with its bridge, idle, garbage collected', 'MB', {
        ...{ ours: idle.worker + idle.page, goal: 32 },
      }),
      limit('growth of both with a 64 MB stream, garbage collected', 'MB', {
        ...{ ours: most - idle.worker - idle.page, goal: 32 },
      }),
    ]
  },
}
