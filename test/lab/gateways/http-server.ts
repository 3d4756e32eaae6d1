/** A small HTTP server for the emulators: plain node, so that a fault may write any bytes or cut the socket. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'

/** One request, read whole. */
export interface LabRequest {
  method: string
  url: URL
  headers: IncomingHttpHeaders
  body: Buffer
}

export interface LabServer {
  readonly url: string
  readonly port: number
  close(): Promise<void>
}

export interface LabServerOptions {
  port: number
  /** Answer headers that a page on another origin may read. */
  exposedHeaders?: readonly string[]
  /** Largest request body in bytes; above it the answer is 413. */
  maxBodyBytes?: number
  handle(request: LabRequest, response: ServerResponse): Promise<void>
}

/** Listens on 127.0.0.1 with CORS open to every origin, as the public services have it. */
export function startServer(options: LabServerOptions): Promise<LabServer> {
  const server = createServer((incoming, response) => {
    serve(incoming, response, options).catch((error: unknown) => {
      console.error(`lab: ${incoming.method} ${incoming.url}:`, error)
      if (response.headersSent) response.destroy()
      else sendJson(response, 500, { error: { message: 'Internal error', type: 'server_error' } })
    })
  })
  server.keepAliveTimeout = 60_000
  server.requestTimeout = 0
  return new Promise((done, fail) => {
    server.once('error', fail)
    server.listen(options.port, '127.0.0.1', () => {
      const address = server.address()
      if (address === null || typeof address === 'string') return fail(new Error('no address'))
      done({
        port: address.port,
        url: `http://127.0.0.1:${address.port}`,
        close: () =>
          new Promise<void>((closed) => {
            server.close(() => closed())
            server.closeAllConnections()
          }),
      })
    })
  })
}

/** Sends one JSON answer. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(body))
}

async function serve(incoming: IncomingMessage, response: ServerResponse, options: LabServerOptions) {
  allowOrigins(incoming, response, options.exposedHeaders ?? [])
  if (incoming.method === 'OPTIONS') {
    response.writeHead(204)
    response.end()
    return
  }
  const body = await readBody(incoming, options.maxBodyBytes ?? 16 * 2 ** 20)
  if (body === null)
    return sendJson(response, 413, { error: 'Request body too large' }, { connection: 'close' })
  const url = new URL(incoming.url ?? '/', 'http://127.0.0.1')
  await options.handle({ method: incoming.method ?? 'GET', url, headers: incoming.headers, body }, response)
}

function allowOrigins(incoming: IncomingMessage, response: ServerResponse, exposed: readonly string[]) {
  response.setHeader('access-control-allow-origin', '*')
  if (exposed.length > 0) response.setHeader('access-control-expose-headers', exposed.join(', '))
  if (incoming.method !== 'OPTIONS') return
  const wanted = incoming.headers['access-control-request-headers']
  response.setHeader('access-control-allow-methods', 'GET, POST, OPTIONS')
  if (wanted !== undefined) response.setHeader('access-control-allow-headers', wanted)
  response.setHeader('access-control-max-age', '600')
}

async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer | null> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of incoming) {
    size += (part as Buffer).length
    if (size > limit) return null
    parts.push(part as Buffer)
  }
  return Buffer.concat(parts)
}
