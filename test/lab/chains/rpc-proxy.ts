/** An RPC endpoint in front of a chain: honest, dead, or lying about what happened on it. */
import { type LabServer, startServer } from '../gateways/http-server.ts'

export type RpcMode = 'ok' | 'dead' | 'lying'

export interface RpcProxy extends LabServer {
  setMode(mode: RpcMode): void
  /** Calls by method since the start or the last reset. */
  counters(): Record<string, number>
  resetCounters(): void
}

interface RpcCall {
  id?: unknown
  method?: unknown
  params?: unknown
}

interface RpcAnswer {
  id?: unknown
  result?: unknown
}

/** Forwards JSON-RPC, single or batched, to the chain behind it. */
export async function startRpcProxy(port: number, target: string): Promise<RpcProxy> {
  let mode: RpcMode = 'ok'
  const counts = new Map<string, number>()
  const server = await startServer({
    port,
    async handle(request, response) {
      const calls = parseCalls(request.body)
      for (const { method } of calls) counts.set(String(method), (counts.get(String(method)) ?? 0) + 1)
      if (mode === 'dead') return void response.destroy()
      const forwarded = await fetch(target, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: new Uint8Array(request.body),
      })
      const text = await forwarded.text()
      response.writeHead(forwarded.status, { 'content-type': 'application/json' })
      response.end(mode === 'lying' ? lieInAll(calls, text) : text)
    },
  })
  return {
    ...server,
    setMode(next) {
      mode = next
    },
    counters: () => Object.fromEntries(counts),
    resetCounters: () => counts.clear(),
  }
}

function parseCalls(body: Buffer): RpcCall[] {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'))
    return (Array.isArray(value) ? value : [value]) as RpcCall[]
  } catch {
    return []
  }
}

function lieInAll(calls: readonly RpcCall[], text: string): string {
  const value = JSON.parse(text) as RpcAnswer | RpcAnswer[]
  const lieOne = (answer: RpcAnswer): RpcAnswer => {
    const call = calls.find(({ id }) => id === answer.id)
    return call && 'result' in answer ? { ...answer, result: lie(call, answer.result) } : answer
  }
  return JSON.stringify(Array.isArray(value) ? value.map(lieOne) : lieOne(value))
}

/** Selectors of `authorizationState(address,bytes32)` and Permit2's `nonceBitmap(address,uint256)`. */
const nonceSelectors = ['0xe94a0102', '0x4fe02b44']
const dayInSeconds = 86_400

/** Nothing was ever paid, and every window is long over: what would release a payment that did settle. */
function lie({ method, params }: RpcCall, truth: unknown): unknown {
  switch (method) {
    case 'eth_getLogs':
      return []
    case 'eth_getTransactionReceipt':
    case 'eth_getTransactionByHash':
      return null
    case 'eth_getBlockByNumber':
    case 'eth_getBlockByHash':
      return inTheFuture(truth)
    case 'eth_call': {
      const [call] = Array.isArray(params) ? (params as { data?: unknown; input?: unknown }[]) : []
      const data = String(call?.data ?? call?.input ?? '')
      return nonceSelectors.some((selector) => data.startsWith(selector)) ? `0x${'0'.repeat(64)}` : truth
    }
    default:
      return truth
  }
}

function inTheFuture(block: unknown): unknown {
  if (typeof block !== 'object' || block === null || !('timestamp' in block)) return block
  return { ...block, timestamp: `0x${(Number(block.timestamp) + dayInSeconds).toString(16)}` }
}
