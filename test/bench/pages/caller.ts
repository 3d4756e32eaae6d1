/** A site's page that asks for inference: through the extension, by the stock x402 client, and unpaid. */
import { createParser } from 'eventsource-parser'
import { makeStockFetch } from '../peers/make-stock-fetch.ts'

/** When the first token and the last were there, and the answer's end, ms from the call. */
export interface Timing {
  readonly firstMs: number
  readonly lastMs: number
  readonly totalMs: number
  readonly tokens: number
}

interface Chunk {
  readonly choices?: readonly { readonly delta?: { readonly content?: string } }[]
}

interface Api {
  quote(body: object): Promise<{ readonly id: string }>
  readonly chat: {
    readonly completions: { create(body: object, options: object): Promise<AsyncIterable<Chunk>> }
  }
}

const api = () => (window as unknown as { x402Chat: Api }).x402Chat

let stockFetch: typeof fetch = fetch

/** Every call has a price of its own hash: an answer is never replayed from another. */
let calls = 0
const prompt = (plan: string) => `${plan} call ${Date.now()}-${++calls}`

const bench = {
  useKey(key: `0x${string}`): void {
    stockFetch = makeStockFetch(key)
  },

  /** Through `window.x402Chat`; the quote is asked for before the clock runs where `quoted`. */
  async ours(
    plan: string,
    { tokens, quoted = true, model = 'ambient/large' }: { tokens: number; quoted?: boolean; model?: string },
  ): Promise<Timing> {
    const body = bodyOf(plan, { tokens, model })
    return timed(body, quoted ? { quoteId: (await api().quote(body)).id } : {})
  },

  /** Asks for a quote now; `oursQuoted` pays by it later, when the worker may be another one. */
  async quoteOurs(plan: string, tokens: number): Promise<void> {
    const body = bodyOf(plan, { tokens, model: 'ambient/large' })
    const { id } = await api().quote(body)
    quotedCall = () => timed(body, { quoteId: id })
  },

  async oursQuoted(): Promise<Timing> {
    if (!quotedCall) throw new Error('no quote')
    return quotedCall()
  },

  /** By `@x402/fetch`, with the gateway's quote in hand. */
  async stock(gateway: string, plan: string, tokens: number): Promise<Timing> {
    const body = stockBody(plan, tokens)
    const quoted = await fetch(`${gateway}/paid/chat/v2/quote`, { method: 'POST', headers: JSON_TYPE, body })
    const { headers } = (await quoted.json()) as { headers: Record<string, string> }
    const clock = startClock()
    // An address of its own: no preflight is answered from the cache of the call before, as for calls minutes apart.
    const url = `${gateway}/paid/chat/v2?call=${calls}`
    await readStream(
      await stockFetch(url, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body }),
      clock,
    )
    return clock.stop()
  },

  /** By a worker of an extension that runs the stock client: ms to the first token. */
  async stockWorker(key: `0x${string}`, gateway: string, plan: string): Promise<number> {
    const body = stockBody(plan, 8)
    const quoted = await fetch(`${gateway}/paid/chat/v2/quote`, { method: 'POST', headers: JSON_TYPE, body })
    const { headers } = (await quoted.json()) as { headers: Record<string, string> }
    const call = { key, url: `${gateway}/paid/chat/v2`, headers: { ...JSON_TYPE, ...headers }, body }
    const clock = startClock()
    await new Promise<void>((done) => {
      const listen = (event: Event) => {
        const { detail } = event as CustomEvent<string | null>
        if (detail === null) {
          removeEventListener('stock-text', listen)
          done()
        } else if (readToken(detail)) clock.token()
      }
      addEventListener('stock-text', listen)
      dispatchEvent(new CustomEvent('stock-call', { detail: JSON.stringify(call) }))
    })
    return clock.stop().firstMs
  },

  async unpaid(gateway: string, plan: string, tokens: number): Promise<Timing> {
    const body = stockBody(plan, tokens)
    const clock = startClock()
    await readStream(await fetch(`${gateway}/free/chat`, { method: 'POST', headers: JSON_TYPE, body }), clock)
    return clock.stop()
  },
}

let quotedCall: (() => Promise<Timing>) | undefined

function bodyOf(plan: string, { tokens, model }: { tokens: number; model: string }) {
  return {
    model,
    stream: true as const,
    max_tokens: Math.min(tokens, 2_000),
    messages: [{ role: 'user' as const, content: prompt(plan) }],
  }
}

async function timed(body: ReturnType<typeof bodyOf>, options: { quoteId?: string }): Promise<Timing> {
  const clock = startClock()
  const stream = await api().chat.completions.create(body, options)
  for await (const chunk of stream) if (chunk.choices?.[0]?.delta?.content) clock.token()
  return clock.stop()
}

const JSON_TYPE = { 'content-type': 'application/json' }

function stockBody(plan: string, tokens: number): string {
  return JSON.stringify({
    model: 'ambient/large',
    messages: [{ role: 'user', content: prompt(plan) }],
    stream: true,
    is_paid: true,
    max_completion_tokens: Math.min(tokens, 2_000),
  })
}

function startClock() {
  const start = performance.now()
  let firstMs = 0
  let lastMs = 0
  let tokens = 0
  return {
    token() {
      lastMs = performance.now() - start
      if (tokens++ === 0) firstMs = lastMs
    },
    stop(): Timing {
      if (tokens === 0) throw new Error('no token came')
      return { firstMs, lastMs, totalMs: performance.now() - start, tokens }
    },
  }
}

async function readStream(response: Response, clock: { token(): void }): Promise<void> {
  if (!response.ok || !response.body) throw new Error(`the gateway answered ${response.status}`)
  const parser = createParser({
    onEvent: ({ data }) => {
      if (readToken(data)) clock.token()
    },
  })
  for await (const text of response.body.pipeThrough(new TextDecoderStream())) parser.feed(text)
}

/** The token that a frame of the gateway carries; undefined for other frames. */
function readToken(data: string): string | undefined {
  if (!data.startsWith('{')) return undefined
  const frame = JSON.parse(data) as { Content?: Chunk }
  return frame.Content?.choices?.[0]?.delta?.content
}

export type CallerBench = typeof bench
Object.assign(window, { bench })
