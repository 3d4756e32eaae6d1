/** Starts anvil's native binary behind a guard that ends it when this process is gone, however it went. */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const require = createRequire(import.meta.url)

/** A running anvil. */
export interface AnvilProcess {
  /** Rejects when anvil ends without having been asked to. */
  failed: Promise<never>
  stop(): Promise<void>
}

/** The guard holds anvil and waits for the end of its own input, which the system closes with this process. */
const guard = `exec 3<&0
trap '' INT TERM HUP
"$@" 3<&- </dev/null &
child=$!
(cat <&3 >/dev/null; kill -9 $child 2>/dev/null) &
wait $child`

/** Spawns anvil on 127.0.0.1 with these arguments. */
export function spawnAnvil(args: readonly string[]): AnvilProcess {
  const command = [anvilBinary(), '--host', '127.0.0.1', '--quiet', ...args]
  const child = spawn('/bin/sh', ['-c', guard, 'sh', ...command], { stdio: ['pipe', 'ignore', 'ignore'] })
  let stopping = false
  const ended = new Promise<void>((done) => child.once('close', () => done()))
  const failed = new Promise<never>((_, fail) => {
    child.once('error', fail)
    child.once('close', (code) => {
      if (!stopping) fail(new Error(`anvil ended by itself (exit ${code}); is its port taken?`))
    })
  })
  failed.catch(() => {})
  return {
    failed,
    async stop() {
      stopping = true
      child.stdin.end()
      await ended
    },
  }
}

function anvilBinary(): string {
  const cpu = process.arch === 'x64' ? 'amd64' : process.arch
  const name = `@foundry-rs/anvil-${process.platform}-${cpu}`
  return join(dirname(require.resolve(`${name}/package.json`)), 'bin', 'anvil')
}
