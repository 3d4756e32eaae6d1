/**
 * A gateway with JumpGate's wire for measuring: it reads a payment and answers at once, and settles on the lab's chain
 * after the answer, so that no block is waited for. The free endpoint does the same work for nothing. It also serves
 * the pages that call it, on its own origin and on any name under localhost.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { LabClient } from '../../e2e/lab-client.ts'
import { type AnswerPlan, planAnswer, streamPlan } from './answer-plan.ts'
import { createSettler, type Settler } from './settler.ts'

export interface BenchGateway {
  /** `http://127.0.0.1:…`: gateway and, under `/page/…`, pages of the same origin. */
  readonly url: string
  /** The same pages on another origin. */
  pageOn(host: string, name: string): string
  /** Serves `html` as `/page/<name>` and scripts beside it. */
  put(name: string, type: 'text/html' | 'text/javascript', text: string): void
  /** Before every answer, preflights included, ms. */
  setDelay(milliseconds: number): void
  /** The window that a 402 asks for, seconds: another one makes pinned terms stale. */
  setWindow(seconds: number): void
  /** Requests so far by `METHOD path`; quotes apart. */
  counts(): Readonly<Record<string, number>>
  clearCounts(): void
  /** Resolves when every payment so far has landed. */
  settled(): Promise<void>
  close(): Promise<void>
}

interface State {
  delayMs: number
  windowSeconds: number
  counts: Record<string, number>
  readonly files: Map<string, { type: string; text: string }>
  readonly settler: Settler
}

export async function startBenchGateway(lab: LabClient): Promise<BenchGateway> {
  const state: State = {
    delayMs: 0,
    windowSeconds: 300,
    counts: {},
    files: new Map(),
    settler: await createSettler(lab),
  }
  const server = createServer((request, response) => {
    serve(state, request, response).catch((error: unknown) => {
      // A reader that left early is no error.
      if (!response.destroyed) console.error(error)
      response.destroy()
    })
  })
  server.keepAliveTimeout = 120_000
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const { port } = address
  return {
    url: `http://127.0.0.1:${port}`,
    pageOn: (host, name) => `http://${host}:${port}/page/${name}`,
    put: (name, type, text) => void state.files.set(`/page/${name}`, { type, text }),
    setDelay(milliseconds) {
      state.delayMs = milliseconds
    },
    setWindow(seconds) {
      state.windowSeconds = seconds
    },
    counts: () => ({ ...state.counts }),
    clearCounts() {
      state.counts = {}
    },
    settled: state.settler.idle,
    async close() {
      await state.settler.idle().catch(() => undefined)
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

const ALLOWED_HEADERS = [
  ...['content-type', 'accept', 'payment-signature', 'access-control-expose-headers'],
  ...['x402-input-tokens', 'x402-max-completion-tokens', 'x402-model-tier', 'x402-max-tool-calls'],
].join(', ')

const MODELS = {
  object: 'list',
  data: ['ambient/large', 'ambient/mini'].map((id) => ({ id, object: 'model' })),
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://localhost')
  const method = request.method ?? 'GET'
  // The caller's own page and its icon are no request to the gateway; everything else is, but the quote.
  const isPage = state.files.has(pathname) || pathname === '/favicon.ico'
  if (!isPage && !pathname.endsWith('/quote')) {
    const name = `${method} ${pathname}`
    state.counts[name] = (state.counts[name] ?? 0) + 1
  }
  if (method === 'GET') return serveFile(state, pathname, response)
  const body = await readBody(request)
  response.socket?.setNoDelay(true)
  response.setHeader('access-control-allow-origin', '*')
  response.setHeader('access-control-expose-headers', 'PAYMENT-REQUIRED, PAYMENT-RESPONSE')
  if (state.delayMs > 0) await sleep(state.delayMs)
  if (method === 'OPTIONS') {
    // A fixed list, as servers usually have it, and Chromium's own five seconds for it.
    response.writeHead(204, {
      'access-control-allow-methods': 'POST',
      'access-control-allow-headers': ALLOWED_HEADERS,
    })
    response.end()
    return
  }
  const plan = planAnswer(body)
  switch (pathname) {
    case '/paid/chat/v2/quote':
      return sendJson(response, 200, quoteOf(plan))
    case '/paid/chat/v2':
      return sell(state, { plan, request, response })
    case '/free/chat':
      await state.settler.pretend()
      return streamPlan(plan, response, {})
    default:
      return sendJson(response, 404, { error: 'not found' })
  }
}

async function sell(
  { settler, windowSeconds }: State,
  sale: { readonly plan: AnswerPlan; readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const { plan, request, response } = sale
  const offer = settler.offer(plan.price, windowSeconds)
  const header = request.headers['payment-signature']
  const payment = typeof header === 'string' ? settler.read(header, offer) : null
  if (payment === null) {
    return sendJson(response, 402, {}, { 'PAYMENT-REQUIRED': settler.required(offer) })
  }
  const receipt = await settler.accept(payment)
  await streamPlan(plan, response, { 'PAYMENT-RESPONSE': receipt })
}

function quoteOf(plan: AnswerPlan) {
  const micros = Number(plan.price)
  return {
    headers: {
      'x402-input-tokens': String(plan.inputTokens),
      'x402-max-completion-tokens': String(plan.tokens),
      'x402-model-tier': 'standard',
      'x402-max-tool-calls': '0',
    },
    input_tokens: plan.inputTokens,
    output_tokens: plan.tokens,
    amount_micro_usdc: micros,
    max_amount_micro_usdc: micros,
  }
}

function serveFile({ files }: State, pathname: string, response: ServerResponse): void {
  const file = files.get(pathname)
  if (pathname === '/v1/models') sendJson(response, 200, MODELS)
  else if (!file) sendJson(response, 404, {})
  else {
    response.writeHead(200, { 'content-type': `${file.type}; charset=utf-8` })
    response.end(file.text)
  }
}

function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}
