/** One JSON-RPC call to one endpoint. */
import { z } from 'zod'
import type { Fetch } from '../ports.ts'
import { readCappedText } from './read-capped-text.ts'
import { RpcError } from './rpc-error.ts'

export interface RpcCall<T> {
  readonly method: string
  readonly params: readonly unknown[]
  /** What the result must be; anything else is 'malformed'. */
  readonly result: z.ZodType<T, z.ZodTypeDef, unknown>
}

/** How long an endpoint may take for one call, body included. */
export const RPC_TIMEOUT_MS = 8_000
/** Most that is read of one answer; a page of 1,000 Solana signatures is about 0.4 MB. */
const MAX_ANSWER_BYTES = 4 * 1024 * 1024
const MAX_DETAIL = 200

const envelope = z.object({
  jsonrpc: z.literal('2.0').optional(),
  id: z.union([z.number(), z.string(), z.null()]).optional(),
  result: z.unknown().optional(),
  error: z.object({ code: z.number().catch(0), message: z.string().catch('') }).optional(),
})

/** Throws RpcError. A number above 2^53 loses digits in JSON.parse: schemas take whole numbers within that only. */
export async function callRpc<T>(fetch: Fetch, url: string, call: RpcCall<T>): Promise<T> {
  const text = await post(fetch, url, { jsonrpc: '2.0', id: 1, method: call.method, params: call.params })
  const answer = parseEnvelope(text)
  if (answer.error) {
    throw new RpcError('refused', answer.error.code, plainWords(answer.error.message))
  }
  if (answer.id !== 1 && answer.id !== '1') throw new RpcError('malformed', 0, 'another id')
  const result = call.result.safeParse(answer.result)
  if (!result.success) throw new RpcError('malformed', 0, call.method, { cause: result.error })
  return result.data
}

async function post(fetch: Fetch, url: string, body: unknown): Promise<string> {
  const signal = AbortSignal.timeout(RPC_TIMEOUT_MS)
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(body),
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
      signal,
    })
    const text = await readCappedText(response, MAX_ANSWER_BYTES)
    // Nodes send JSON-RPC errors with 4xx and 5xx too; anything else there is the server's, not the chain's.
    if (!response.ok && !looksLikeRpc(text)) throw new RpcError('http', response.status, '')
    return text
  } catch (cause) {
    if (cause instanceof RpcError) throw cause
    throw new RpcError(signal.aborted ? 'timeout' : 'unreachable', 0, '', { cause })
  }
}

function looksLikeRpc(text: string): boolean {
  try {
    return parseEnvelope(text).error !== undefined
  } catch {
    return false
  }
}

function parseEnvelope(text: string): z.infer<typeof envelope> {
  try {
    return envelope.parse(JSON.parse(text))
  } catch (cause) {
    throw new RpcError('malformed', 0, '', { cause })
  }
}

/** Printable ASCII only, cut: an endpoint's words are shown, never trusted. */
function plainWords(text: string): string {
  return text
    .replace(/[^\x20-\x7e]+/g, ' ')
    .trim()
    .slice(0, MAX_DETAIL)
}
