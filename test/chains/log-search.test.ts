import { describe, expect, it } from 'vitest'
import { searchLogs } from '../../src/chains/evm/search-logs.ts'
import { createEndpointPools } from '../../src/chains/rpc/endpoint-pool.ts'
import { type Answer, makeFetch } from './fake-fetch.ts'

const TOKEN = '0x833589fcd6edb6e08f4c7c32d4f71b54bda02913'
const hash = (number: number) => `0x${number.toString(16).padStart(64, '0')}`

interface Chain {
  readonly latest: number
  /** Unix seconds of a block. */
  readonly timeOf: (block: number) => number
  /** Blocks with a log. */
  readonly logsIn: readonly number[]
  /** Widest range that is answered. */
  readonly widest: number
}

/** A node by the execution API, with a public endpoint's cap on ranges. */
function make(chain: Chain) {
  const ranges: { from: number; to: number }[] = []
  const { fetch } = makeFetch(({ method, params }): Answer => {
    if (method === 'eth_getBlockByNumber') {
      const number = params[0] === 'latest' ? chain.latest : Number(params[0])
      return {
        result: { number: `0x${number.toString(16)}`, timestamp: `0x${chain.timeOf(number).toString(16)}` },
      }
    }
    if (method !== 'eth_getLogs') throw new Error(`unexpected ${method}`)
    const [filter] = params as [{ fromBlock: string; toBlock: string }]
    const range = { from: Number(filter.fromBlock), to: Number(filter.toBlock) }
    if (range.to - range.from + 1 > chain.widest) {
      return { error: { code: -32_614, message: `eth_getLogs is limited to a ${chain.widest} range` } }
    }
    ranges.push(range)
    const found = chain.logsIn.filter((block) => block >= range.from && block <= range.to)
    return {
      result: found.map((block) => ({
        address: TOKEN,
        topics: [],
        data: '0x',
        transactionHash: hash(block),
        logIndex: '0x0',
      })),
    }
  })
  const pool = createEndpointPools({ fetch, clock: { nowMs: () => 0 } }).pool('test', ['https://a.example'])
  const [endpoint] = pool.endpoints
  if (!endpoint) throw new Error('no endpoint')
  return {
    ranges,
    search: async (from: number, to: number) =>
      (await searchLogs(endpoint, { address: TOKEN, topics: [] }, { from, to })).map((log) =>
        Number(log.transactionHash),
      ),
  }
}

/** Base: a block every 2 s. */
const base = (overrides: Partial<Chain> = {}): Chain => ({
  latest: 40_000_000,
  timeOf: (block) => 1_700_000_000 + block * 2,
  logsIn: [],
  widest: 10_000,
  ...overrides,
})
const timeOf = base().timeOf

describe('searchLogs', () => {
  it('covers a whole payment window on Base with one query', async () => {
    const node = make(base({ logsIn: [39_999_700, 39_999_990] }))
    const found = await node.search(timeOf(39_999_600), timeOf(40_000_100))
    expect(found).toEqual([39_999_700, 39_999_990])
    expect(node.ranges).toHaveLength(1)
    expect(node.ranges[0]?.to).toBe(40_000_000)
  })

  it('finds what happened days ago, and reads no further than the window', async () => {
    const node = make(base({ logsIn: [39_800_100, 39_900_000] }))
    expect(await node.search(timeOf(39_800_000), timeOf(39_800_450))).toEqual([39_800_100])
    expect(node.ranges.every(({ to }) => to < 39_801_100)).toBe(true)
  })

  it.each([100, 31])('makes do with %i blocks at a time', async (widest) => {
    const node = make(base({ logsIn: [39_999_601, 39_999_930, 40_000_000], widest }))
    expect(await node.search(timeOf(39_999_600), timeOf(40_000_100))).toEqual([
      39_999_601, 39_999_930, 40_000_000,
    ])
  })

  it('misses nothing where blocks come faster than expected', async () => {
    const fast = base({
      timeOf: (block) => 1_700_000_000 + Math.floor(block / 5),
      logsIn: [39_999_000, 39_997_501],
    })
    const node = make(fast)
    expect(await node.search(fast.timeOf(39_997_500), fast.timeOf(39_999_900))).toEqual(
      [39_999_000, 39_997_501].sort(),
    )
  })

  it('says so where the endpoint gives no logs at all', async () => {
    const node = make(base({ widest: 0 }))
    await expect(node.search(timeOf(39_999_600), timeOf(40_000_100))).rejects.toMatchObject({
      kind: 'refused',
    })
  })

  it('looks an hour back for a window in the chain’s future, which a wall clock that was ahead wrote down', async () => {
    const node = make(base({ logsIn: [39_998_100, 39_998_300, 40_000_000] }))
    expect(await node.search(timeOf(40_000_001), timeOf(40_000_300))).toEqual([39_998_300, 40_000_000])
    expect(node.ranges.every(({ from }) => from >= 39_998_199)).toBe(true)
  })
})
