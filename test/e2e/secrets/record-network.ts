/** A forward proxy that keeps every byte that passes, both ways. */
import { createServer, request as forward } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface NetworkRecord {
  /** For Chromium: everything goes through it, this computer's own addresses too. */
  readonly switches: readonly string[]
  bytes(): Buffer
  close(): Promise<void>
}

export async function recordNetwork(): Promise<NetworkRecord> {
  const kept: Buffer[] = []
  const keep = (chunk: Buffer) => void kept.push(chunk)
  const server = createServer((request, response) => {
    keep(Buffer.from(`${request.method} ${request.url}\n${JSON.stringify(request.headers)}\n`))
    const { hostname, port, pathname, search } = new URL(request.url ?? '', `http://${request.headers.host}`)
    // Names under localhost are this computer; not every resolver knows.
    const host = hostname.endsWith('localhost') ? '127.0.0.1' : hostname
    const onward = forward(
      { host, port, path: pathname + search, method: request.method, headers: request.headers },
      (answer) => {
        keep(Buffer.from(`${answer.statusCode}\n${JSON.stringify(answer.headers)}\n`))
        response.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.on('data', keep).pipe(response)
      },
    )
    onward.on('error', () => response.destroy())
    request.on('data', keep).pipe(onward)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return {
    switches: [`--proxy-server=http://127.0.0.1:${port}`, '--proxy-bypass-list=<-loopback>'],
    bytes: () => Buffer.concat(kept),
    close: () => new Promise((done) => void server.close(() => done()).closeAllConnections()),
  }
}
