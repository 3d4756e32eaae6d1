/** A display without a screen: there windows have, get and lose the focus as on a desk. */
import { spawn } from 'node:child_process'
import type { Readable } from 'node:stream'

export interface Display {
  /** As in DISPLAY. */
  readonly name: string
  stop(): Promise<void>
}

/** Longest that Xvfb may take to be ready, in ms. */
const READY_MS = 10_000

/** Starts Xvfb on a number of its own choice; null where there is no Xvfb. */
export async function openDisplay(): Promise<Display | null> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = new Promise<void>((done) => {
    child.once('error', () => done())
    child.once('exit', () => done())
  })
  const timer = setTimeout(() => child.kill(), READY_MS)
  const number = await Promise.race([firstLine(child.stdio[3] as Readable), ended])
  clearTimeout(timer)
  if (!number) return null
  return {
    name: `:${number}`,
    async stop() {
      child.kill()
      await ended
    },
  }
}

function firstLine(stream: Readable): Promise<string> {
  let text = ''
  return new Promise((done) => {
    stream.setEncoding('utf8').on('data', (chunk) => {
      text += chunk
      if (text.includes('\n')) done(text.trim())
    })
  })
}
