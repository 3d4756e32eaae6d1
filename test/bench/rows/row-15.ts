import type { UnlockView } from '../../../src/protocol/ui-views.ts'
import { askUi } from '../../e2e/ask-ui.ts'
import { interleave, median } from '../interleave.ts'
import { compare, type Row } from '../row.ts'
import { sealed } from '../world.ts'
import { openBenchPage } from './bench-page.ts'

export const row15: Row = {
  row: 15,
  what: 'unlocking',
  async measure(tools) {
    const { own, password } = await tools.world()
    const page = await openBenchPage(tools, 'kdf')
    const rounds = tools.rounds(15)
    const unlock = async () => {
      await askUi(own, 'wallet.lock', {})
      const call = { ui: 'wallet.unlock', params: { password: await sealed(own, password) } }
      const [ms, kind] = await own.evaluate(async (message) => {
        const start = performance.now()
        const reply: { value?: { kind: string } } = await chrome.runtime.sendMessage(message)
        return [performance.now() - start, reply.value?.kind] as const
      }, call)
      const wanted: UnlockView['kind'] = 'unlocked'
      if (kind !== wanted) throw new Error(`unlocking ended with ${kind}`)
      return ms
    }
    const samples = await interleave(
      {
        unlock,
        bare: () => page.evaluate((text) => globalThis.kdfBench.derive(text), password),
        again: unlock,
      },
      { rounds, warmUp: 1, onRound: (round) => tools.progress(`${round} of ${rounds}`) },
    )
    await page.close()
    const ours = median(samples.unlock)
    return [
      compare('unlock ÷ the bare key derivation', 'ms', {
        ...{ ours, peer: median(samples.bare), goal: 1.15 },
        aa: median(samples.again) / ours,
      }),
    ]
  },
}
