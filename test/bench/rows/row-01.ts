import { bundle, gzipped } from '../bundle.ts'
import { compare, limit, type Row } from '../row.ts'

export const row01: Row = {
  row: 1,
  what: 'what every page gets',
  async measure(tools) {
    const [page, bridge, inpage] = await Promise.all([
      tools.productFile('page-api.js'),
      tools.productFile('bridge.js'),
      bundle('peers/wallet-inpage.cjs', { needsNode: true }),
    ])
    const ours = gzipped(page) + gzipped(bridge)
    // Its page script alone: the content script beside it is left out in its favour.
    const peer = gzipped(inpage)
    return [
      compare("injected bytes ÷ an npm-built wallet provider's", 'bytes', { ours, peer, goal: 0.05 }),
      limit('injected bytes', 'bytes', { ours, goal: 6_000 }),
    ]
  },
}
