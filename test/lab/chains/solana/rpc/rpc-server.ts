import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { SolanaLedger } from '../solana-ledger.ts'
import { accountMethods } from './account-methods.ts'
import { blockMethods } from './block-methods.ts'
import { historyMethods } from './history-methods.ts'
import type { RpcMethod } from './rpc-context.ts'
import { RPC_CODES, RpcError } from './rpc-error.ts'
import { stringifyRpcJson } from './rpc-json.ts'
import { lie } from './rpc-lies.ts'
import { transactionMethods } from './transaction-methods.ts'

/** `dead` drops the connection of every call, which still counts; `lying` answers falsely, as rpc-lies.ts has it. */
export type RpcMode = 'ok' | 'dead' | 'lying'

/** An RPC endpoint over a chain. Several may serve the same chain, each with its own mode. */
export interface SolanaRpc {
  readonly url: string
  setMode(mode: RpcMode): void
  /** Calls since the start or the last reset, by method. */
  counters(): Record<string, number>
  resetCounters(): void
  /** Ends it; a second time does nothing. */
  close(): Promise<void>
}

/** Thrown through a call that gets no answer. */
class ConnectionDropped extends Error {
  override name = 'ConnectionDropped'
}

/** Most bytes of a request (MAX_REQUEST_BODY_SIZE of the validator). */
const MAX_BODY_BYTES = 50 * 1024

const METHODS: Readonly<Record<string, RpcMethod>> = {
  ...accountMethods,
  ...blockMethods,
  ...historyMethods,
  ...transactionMethods,
}

const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'POST, GET, OPTIONS',
  'access-control-allow-headers': '*',
  'access-control-allow-private-network': 'true',
  'access-control-max-age': '86400',
}

/** Serves a chain as Solana's JSON-RPC on 127.0.0.1. Port 0 lets the system choose. */
export async function startSolanaRpc(ledger: SolanaLedger, port = 0): Promise<SolanaRpc> {
  let mode: RpcMode = 'ok'
  const calls = new Map<string, number>()

  const call = (method: string, params: readonly unknown[]): unknown => {
    calls.set(method, (calls.get(method) ?? 0) + 1)
    if (mode === 'dead') throw new ConnectionDropped()
    const run = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined
    if (run === undefined) throw new RpcError('methodNotFound', 'Method not found')
    const result = run(ledger, params)
    return mode === 'lying' ? lie(method, result) : result
  }

  const server = createServer((request, response) => {
    serve(request, response, call).catch((cause) => response.destroy(cause))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the RPC server has no port')

  return {
    url: `http://127.0.0.1:${address.port}`,
    setMode(next) {
      mode = next
    },
    counters: () => Object.fromEntries(calls),
    resetCounters: () => calls.clear(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

type Call = (method: string, params: readonly unknown[]) => unknown

async function serve(request: IncomingMessage, response: ServerResponse, call: Call): Promise<void> {
  if (request.method === 'OPTIONS') return void response.writeHead(204, CORS).end()
  if (request.method === 'GET' && request.url === '/health')
    return void response.writeHead(200, CORS).end('ok')
  if (request.method !== 'POST')
    return void response.writeHead(405, CORS).end('Used HTTP Method is not allowed.')
  if (!request.headers['content-type']?.startsWith('application/json')) {
    return void response
      .writeHead(415, CORS)
      .end('Supplied content type is not allowed. Content-Type: application/json is required')
  }
  const body = await readBody(request)
  if (body === null) return void response.writeHead(413, CORS).end('request body too large')
  const answer = answerBody(body, call)
  if (answer === undefined) return void response.writeHead(204, CORS).end()
  response
    .writeHead(200, { ...CORS, 'content-type': 'application/json; charset=utf-8' })
    .end(stringifyRpcJson(answer))
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request) {
    const bytes = Uint8Array.from(chunk)
    size += bytes.length
    if (size > MAX_BODY_BYTES) return null
    chunks.push(bytes)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function answerBody(body: string, call: Call): unknown {
  let parsed: unknown
  try {
    parsed = JSON.parse(body)
  } catch {
    return errorAnswer(null, { code: RPC_CODES.parseError, message: 'Parse error' })
  }
  if (!Array.isArray(parsed)) return answerOne(parsed, call)
  if (parsed.length === 0)
    return errorAnswer(null, { code: RPC_CODES.invalidRequest, message: 'Invalid request' })
  const answers = parsed.map((entry) => answerOne(entry, call)).filter((answer) => answer !== undefined)
  return answers.length === 0 ? undefined : answers
}

/** The answer to one request; undefined for a notification, which gets none. */
function answerOne(request: unknown, call: Call): unknown {
  const fields = typeof request === 'object' && request !== null ? request : {}
  const id = 'id' in fields ? fields.id : undefined
  const params = 'params' in fields && fields.params !== null ? fields.params : []
  if (
    !('jsonrpc' in fields) ||
    fields.jsonrpc !== '2.0' ||
    !('method' in fields) ||
    typeof fields.method !== 'string'
  ) {
    return errorAnswer(id ?? null, { code: RPC_CODES.invalidRequest, message: 'Invalid request' })
  }
  try {
    if (!Array.isArray(params)) throw new RpcError('invalidParams', 'Invalid params: expected an array')
    const result = call(fields.method, params)
    return id === undefined ? undefined : { jsonrpc: '2.0', result, id }
  } catch (error) {
    if (error instanceof ConnectionDropped) throw error
    if (id === undefined) return undefined
    if (error instanceof RpcError) return errorAnswer(id, error)
    console.error(`solana rpc: ${fields.method} failed`, error)
    return errorAnswer(id, { code: RPC_CODES.internalError, message: 'Internal error' })
  }
}

function errorAnswer(id: unknown, error: { code: number; message: string; data?: unknown }): unknown {
  const { code, message, data } = error
  return { jsonrpc: '2.0', error: data === undefined ? { code, message } : { code, message, data }, id }
}
