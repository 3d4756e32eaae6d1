/** The only place from which inference requests leave: the fetch options of docs/SECURITY.md, and bounded reading of small bodies. */
import { ChatError } from '../domain/errors.ts'
import type { WireRequest } from '../gateways/gateway.ts'
import type { InferenceDeps } from './ports.ts'

/** Most that is read of a body that is not an answer, and for how long. Source: docs/SECURITY.md 1. */
const SMALL_BODY_BYTES = 64 * 1024
const SMALL_BODY_MS = 2_000

/** From sending a paid request to its headers; a whole answer that is not streamed has to be made in this time. */
export const ANSWER_MS = 5 * 60_000
/** From asking for a price or an offer to its headers: both are free, and somebody waits for them. */
export const OFFER_MS = 15_000

/** Throws ChatError: 'gateway-unreachable', 'stream-silent' where no headers came in time, 'aborted' by the signal. */
export async function send(
  deps: Pick<InferenceDeps, 'fetch' | 'clock'>,
  request: WireRequest,
  how: {
    readonly signal: AbortSignal
    /** Most that the headers may take, ms. */
    readonly withinMs: number
    readonly headers?: Readonly<Record<string, string>>
  },
): Promise<Response> {
  const answered = new AbortController()
  const late = new AbortController()
  void deps.clock.sleep(how.withinMs, answered.signal).then(() => {
    if (!answered.signal.aborted) late.abort()
  })
  try {
    return await deps.fetch(request.url, {
      method: request.method,
      headers: { ...request.headers, ...how.headers },
      body: request.body,
      signal: AbortSignal.any([how.signal, late.signal]),
      redirect: 'error',
      credentials: 'omit',
      cache: 'no-store',
      referrerPolicy: 'no-referrer',
    })
  } catch (cause) {
    if (how.signal.aborted) throw new ChatError('aborted', {}, { cause })
    throw new ChatError(late.signal.aborted ? 'stream-silent' : 'gateway-unreachable', {}, { cause })
  } finally {
    answered.abort()
  }
}

/** Reads at most 64 KiB in at most 2 s; what came until then counts. Never throws for a broken body. */
export function readSmallBody(response: Response, milliseconds = SMALL_BODY_MS): Promise<string> {
  return readBody(response, { milliseconds, maxBytes: SMALL_BODY_BYTES })
}

/** A model list: at most 1 MiB in at most 10 s. Never throws for a broken body. */
export function readCatalogueBody(response: Response): Promise<string> {
  return readBody(response, { milliseconds: 10_000, maxBytes: 1024 * 1024 })
}

async function readBody(
  response: Response,
  { milliseconds, maxBytes }: { readonly milliseconds: number; readonly maxBytes: number },
): Promise<string> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const chunks: Uint8Array[] = []
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), milliseconds)
  let bytes = 0
  try {
    while (bytes < maxBytes) {
      const { done, value } = await reader.read()
      if (done) break
      chunks.push(value)
      bytes += value.byteLength
    }
  } catch {
    // A body that breaks off is judged by what came of it.
  } finally {
    clearTimeout(timer)
    void reader.cancel().catch(() => undefined)
  }
  const whole = new Uint8Array(bytes)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return new TextDecoder().decode(whole.subarray(0, maxBytes))
}

/** Throws away a body without reading it. */
export function dropBody(response: Response): void {
  void response.body?.cancel().catch(() => undefined)
}
