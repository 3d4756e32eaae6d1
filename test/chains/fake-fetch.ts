/** An endpoint that answers from a table; an unexpected method throws. Written from JSON-RPC 2.0. */
import type { Fetch } from '../../src/chains/ports.ts'

export interface SeenCall {
  readonly url: string
  readonly init: RequestInit
  readonly method: string
  readonly params: readonly unknown[]
}

export type Answer =
  | { readonly result: unknown }
  | { readonly error: { readonly code: number; readonly message: string } }
  | { readonly raw: string; readonly status?: number }
  | { readonly throws: Error }

export function makeFetch(answer: (call: SeenCall) => Answer): { fetch: Fetch; calls: SeenCall[] } {
  const calls: SeenCall[] = []
  return {
    calls,
    fetch: async (url, init) => {
      const body = JSON.parse(String(init.body))
      const call: SeenCall = { url, init, method: body.method, params: body.params }
      calls.push(call)
      const said = answer(call)
      if ('throws' in said) throw said.throws
      if ('raw' in said) return new Response(said.raw, { status: said.status ?? 200 })
      return Response.json({ jsonrpc: '2.0', id: body.id, ...said })
    },
  }
}
