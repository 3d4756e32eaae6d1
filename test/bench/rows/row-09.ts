import { bundle, gzipped } from '../bundle.ts'
import { compare, type Row } from '../row.ts'

export const row09: Row = {
  row: 9,
  what: 'what the worker evaluates',
  async measure(tools) {
    const [worker, signing, stock] = await Promise.all([
      tools.productFile('background.js'),
      tools.productFile('part-signing.js'),
      bundle('peers/x402-only.ts'),
    ])
    const peer = gzipped(stock)
    const start = gzipped(worker)
    return [
      compare('bytes evaluated at start ÷ @x402/fetch + evm + viem', 'bytes', {
        ours: start,
        peer,
        goal: 0.75,
      }),
      compare('the same, with what the first payment on Base adds', 'bytes', {
        ours: start + gzipped(signing),
        peer,
        goal: 1,
      }),
    ]
  },
}
