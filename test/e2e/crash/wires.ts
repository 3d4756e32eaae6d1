/** The cables between the extension and the lab: each is a port of ours that can be cut and mended. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { join } from 'node:path'

export interface Wires {
  /** Breaks every open connection, and every new one, until mended. */
  cut(): void
  mend(): void
  stop(): Promise<void>
}

interface Wire {
  readonly from: string
  readonly server: Server
}

/** Lays a wire before each of these addresses, and makes the built extension in this folder use the wires. */
export async function layWires(urls: readonly string[], extensionDir: string): Promise<Wires> {
  const sockets = new Set<Socket>()
  let isCut = false
  const keep = (socket: Socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    return socket
  }
  const wires = await Promise.all(
    urls.map((url) =>
      lay(url, (inner) => {
        keep(inner)
        if (isCut) return void inner.destroy()
        const outer = keep(connect(Number(new URL(url).port), '127.0.0.1'))
        inner.pipe(outer).pipe(inner)
        inner.on('close', () => outer.destroy())
        outer.on('close', () => inner.destroy())
      }),
    ),
  )
  rewire(extensionDir, wires)
  const breakAll = () => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    cut() {
      isCut = true
      breakAll()
    },
    mend() {
      isCut = false
    },
    async stop() {
      breakAll()
      await Promise.all(wires.map(({ server }) => new Promise((done) => server.close(done))))
    },
  }
}

async function lay(from: string, take: (inner: Socket) => void): Promise<Wire> {
  const server = createServer(take)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { from, server }
}

/** The endpoints stand in the built scripts as plain text. */
function rewire(folder: string, wires: readonly Wire[]): void {
  const ports = new Map(
    wires.map(({ from, server }) => [new URL(from).port, String((server.address() as AddressInfo).port)]),
  )
  for (const entry of readdirSync(folder, { recursive: true })) {
    const file = join(folder, String(entry))
    if (!file.endsWith('.js')) continue
    const before = readFileSync(file, 'utf8')
    const after = before.replace(
      /http:\/\/127\.0\.0\.1:(\d+)/g,
      (whole, port) => `http://127.0.0.1:${ports.get(port) ?? whole.split(':').at(-1)}`,
    )
    if (after !== before) writeFileSync(file, after)
  }
}
