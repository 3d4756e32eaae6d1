/** The endpoints of one network: one answer from whichever answers, or every answer for what needs agreement. */
import { ChatError } from '../../domain/errors.ts'
import type { Clock, Fetch } from '../ports.ts'
import { callRpc, type RpcCall } from './call-rpc.ts'
import { describeFailure, isRefusal } from './rpc-error.ts'

/** One endpoint, as what is read over it sees it. */
export interface Endpoint {
  readonly url: string
  /** Throws RpcError. */
  call<T>(call: RpcCall<T>): Promise<T>
}

export type EndpointAnswer<T> =
  | { readonly kind: 'answered'; readonly endpoint: Endpoint; readonly value: T }
  | { readonly kind: 'failed'; readonly endpoint: Endpoint; readonly error: unknown }

export interface EndpointPool {
  /** Different endpoints that are set, in order of preference. */
  readonly endpoints: readonly Endpoint[]
  /** Runs a whole read on one endpoint, on the next where it fails. Throws ChatError 'rpc-failed' with the last reason. */
  first<T>(read: (endpoint: Endpoint) => Promise<T>): Promise<T>
  /** Runs a read on every endpoint; never throws. */
  every<T>(read: (endpoint: Endpoint) => Promise<T>): Promise<readonly EndpointAnswer<T>[]>
}

/** An endpoint that failed is asked last for so long. */
const AVOID_MS = 30_000

export interface EndpointPools {
  /** A pool over the URLs that are set now. Remembers which ones failed lately. */
  pool(network: string, urls: readonly string[]): EndpointPool
}

export function createEndpointPools(deps: { readonly fetch: Fetch; readonly clock: Clock }): EndpointPools {
  const failedAtMs = new Map<string, number>()

  function open(url: string): Endpoint {
    return {
      url,
      async call(call) {
        try {
          const value = await callRpc(deps.fetch, url, call)
          failedAtMs.delete(url)
          return value
        } catch (error) {
          if (!isRefusal(error)) failedAtMs.set(url, deps.clock.nowMs())
          throw error
        }
      },
    }
  }

  function isAvoided(url: string): boolean {
    const sinceMs = deps.clock.nowMs() - (failedAtMs.get(url) ?? Number.NEGATIVE_INFINITY)
    return sinceMs >= 0 && sinceMs < AVOID_MS
  }

  return {
    pool(network, urls) {
      const distinct = [...new Set(urls)]
      const ordered = [...distinct.filter((url) => !isAvoided(url)), ...distinct.filter(isAvoided)]
      const endpoints = ordered.map(open)
      return {
        endpoints,
        first: (read) => readFirst(network, endpoints, read),
        every: (read) => Promise.all(endpoints.map((endpoint) => settle(endpoint, read))),
      }
    },
  }
}

async function readFirst<T>(
  network: string,
  endpoints: readonly Endpoint[],
  read: (endpoint: Endpoint) => Promise<T>,
): Promise<T> {
  let last: unknown
  for (const endpoint of endpoints) {
    const answer = await settle(endpoint, read)
    if (answer.kind === 'answered') return answer.value
    if (answer.error instanceof ChatError) throw answer.error
    last = answer.error
  }
  throw rpcFailed(network, last)
}

async function settle<T>(
  endpoint: Endpoint,
  read: (endpoint: Endpoint) => Promise<T>,
): Promise<EndpointAnswer<T>> {
  try {
    return { kind: 'answered', endpoint, value: await read(endpoint) }
  } catch (error) {
    return { kind: 'failed', endpoint, error }
  }
}

/** The error that leaves this folder when no endpoint answers. */
export function rpcFailed(network: string, cause: unknown): ChatError {
  return new ChatError('rpc-failed', { network, detail: describeFailure(cause) }, { cause })
}
