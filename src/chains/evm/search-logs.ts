/** Looks for logs in the blocks of a time window, within what public endpoints allow. */
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { RpcError } from '../rpc/rpc-error.ts'
import { type Block, type Log, type LogFilter, readBlock, readLogs } from './evm-reads.ts'

/** Unix seconds. */
export interface TimeWindow {
  readonly from: number
  readonly to: number
}

/** Blocks per query: below the smallest cap known of a public endpoint (500). A whole payment window on Base is about 450. */
const CHUNK_BLOCKS = 500n
/** A range that is still refused at this size is refused for another reason. */
const SMALLEST_CHUNK = 8n
/** Queries for one search, in all. */
const MAX_QUERIES = 60
/** Base makes a block every 2 s (docs.base.org). Only a first guess: the block's own time decides. */
const SECONDS_PER_BLOCK = 2

/** A window in the chain's future was written down by a wall clock that was ahead: what it let through landed of late. */
const LOOK_BACK_SECONDS = 3_600

/** Every matching log of the window, oldest first. Throws RpcError. */
export async function searchLogs(
  endpoint: Endpoint,
  filter: LogFilter,
  window: TimeWindow,
): Promise<readonly Log[]> {
  const latest = await readBlock(endpoint, 'latest')
  const from = latest.timestamp < window.from ? latest.timestamp - LOOK_BACK_SECONDS : window.from
  const first = await findBlockBefore(endpoint, latest, from)
  return await readInChunks(endpoint, filter, { from: first.number, latest, untilSeconds: window.to })
}

/** A block not after the given time: a guess from the usual block time, doubled until its own time agrees. */
async function findBlockBefore(endpoint: Endpoint, latest: Block, seconds: number): Promise<Block> {
  let back = BigInt(Math.ceil((latest.timestamp - seconds) / SECONDS_PER_BLOCK) + 1)
  for (;;) {
    const number = latest.number > back ? latest.number - back : 0n
    const found = await readBlock(endpoint, number)
    if (found.timestamp <= seconds || number === 0n) return found
    back *= 2n
  }
}

interface Range {
  readonly from: bigint
  readonly latest: Block
  /** The last block's time, unix seconds. */
  readonly untilSeconds: number
}

async function readInChunks(endpoint: Endpoint, filter: LogFilter, range: Range): Promise<readonly Log[]> {
  const found: Log[] = []
  let from = range.from
  let size = CHUNK_BLOCKS
  for (let query = 0; query < MAX_QUERIES; query++) {
    const end = from + size - 1n
    const to = end < range.latest.number ? end : range.latest.number
    try {
      found.push(...(await readLogs(endpoint, filter, { from, to })))
    } catch (error) {
      // Caps on ranges come as all kinds of errors: a smaller range is the only common answer to them.
      if (!isPerhapsTooWide(error) || size <= SMALLEST_CHUNK) throw error
      size /= 4n
      continue
    }
    if (to === range.latest.number) return found
    if ((await readBlock(endpoint, to)).timestamp > range.untilSeconds) return found
    from = to + 1n
  }
  throw new RpcError('malformed', 0, 'log range too small')
}

function isPerhapsTooWide(error: unknown): boolean {
  if (!(error instanceof RpcError)) return false
  return error.kind === 'refused' || (error.kind === 'http' && [400, 413].includes(error.code))
}
