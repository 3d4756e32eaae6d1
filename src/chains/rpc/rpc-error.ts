/** Why an endpoint gave no usable answer. `refused` is the node's own JSON-RPC error; the others say nothing about the chain. */
export type RpcFailure = 'unreachable' | 'timeout' | 'http' | 'malformed' | 'refused'

/** One endpoint's failure. Stays inside `chains`; callers get a ChatError. */
export class RpcError extends Error {
  override readonly name = 'RpcError'
  constructor(
    readonly kind: RpcFailure,
    /** HTTP status, JSON-RPC code, or 0. */
    readonly code: number,
    /** At most 200 characters of the endpoint's own words: untrusted, plain text only. */
    readonly detail: string,
    options?: { cause?: unknown },
  ) {
    super(`${kind} ${code} ${detail}`, options)
  }
}

/** Whether the node itself answered with an error, as against no answer. */
export function isRefusal(error: unknown): error is RpcError {
  return error instanceof RpcError && error.kind === 'refused'
}

/** A few plain words for a review or a settings page. */
export function describeFailure(error: unknown): string {
  if (!(error instanceof RpcError)) return 'unreachable'
  switch (error.kind) {
    case 'http':
      return `HTTP ${error.code}`
    case 'refused':
      return error.detail === '' ? `error ${error.code}` : error.detail
    case 'unreachable':
    case 'timeout':
    case 'malformed':
      return error.kind
  }
}
