/** Starts the lab as a process of its own and reads the one line that it prints. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { root } from './root.mjs'

/** Longest that a lab may take to start, in ms: the first time it compiles its contracts. */
const START_MS = 180_000

/** How often another port is tried: between looking for a free one and taking it, somebody else may. */
const MOST_STARTS = 3
const TAKEN = /EADDRINUSE|port taken/

/**
 * Resolves with the lab's description once it is up. The lab ends with this process, however that ends:
 * it watches the channel between the two.
 */
export async function startLab({ env = {} } = {}) {
  for (let start = 1; ; start++) {
    try {
      return await startOnce(env)
    } catch (error) {
      if (start >= MOST_STARTS || !TAKEN.test(error.message)) throw error
    }
  }
}

async function startOnce(env) {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/lab/main.ts'], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  const ended = new Promise((done) => child.once('close', done))
  let log = ''
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    log = (log + chunk).slice(-20_000)
  })
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
  }
  try {
    const info = await firstLine(child, () => log)
    return { info, stop, log: () => log }
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
}

function firstLine(child, log) {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => fail(new Error(`the lab did not start\n${log()}`)), START_MS)
    child.once('error', fail)
    child.once('close', (code) => fail(new Error(`the lab ended (${code})\n${log()}`)))
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer)
      try {
        done(JSON.parse(line))
      } catch (error) {
        fail(error)
      }
    })
  })
}
