/** Runs one command to its end; ends it with us, so that nothing is left behind. */
import { spawn } from 'node:child_process'
import { stripVTControlCharacters } from 'node:util'
import { root } from './root.mjs'

const running = new Set()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    for (const child of running) child.kill(signal)
  })
}
process.on('exit', () => {
  for (const child of running) child.kill('SIGTERM')
})

/** Resolves with exit code, output, and what of it came on stdout; with `show` the output also goes to our own as it comes. */
export function run(command, args, { env = {}, show = false } = {}) {
  return new Promise((done, fail) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    running.add(child)
    let output = ''
    let stdout = ''
    const take = (stream) => (chunk) => {
      output += chunk
      if (stream === process.stdout) stdout += chunk
      if (show) stream.write(chunk)
    }
    child.stdout.setEncoding('utf8').on('data', take(process.stdout))
    child.stderr.setEncoding('utf8').on('data', take(process.stderr))
    child.once('error', fail)
    child.once('close', (code, signal) => {
      running.delete(child)
      done({ code: code ?? 1, signal, output, stdout })
    })
  })
}

/** Like `run`, but throws with the last lines of the output when it fails. */
export async function runOrThrow(command, args, options) {
  const result = await run(command, args, options)
  if (result.code === 0) return result.output
  const tail = plain(result.output).trim().split('\n').slice(-30).join('\n')
  throw new Error(`${[command, ...args].join(' ')} ended with ${result.signal ?? result.code}\n${tail}`)
}

/** Without colours, and without what was overwritten on the same line. */
function plain(output) {
  const text = stripVTControlCharacters(output.replaceAll('\x1b[K', '\r'))
  return text
    .split('\n')
    .map((line) => line.split('\r').filter(Boolean).at(-1) ?? '')
    .join('\n')
}

/** The command that runs a program of node_modules in this Node, for `run(...binary('wxt', 'build'))`. */
export function binary(name, ...args) {
  return [process.execPath, [`${root}/node_modules/${BINARIES[name]}`, ...args]]
}

const BINARIES = {
  biome: '@biomejs/biome/bin/biome',
  depcruise: 'dependency-cruiser/bin/dependency-cruise.mjs',
  tsc: 'typescript/bin/tsc',
  tsx: 'tsx/dist/cli.mjs',
  vitest: 'vitest/vitest.mjs',
  wxt: 'wxt/bin/wxt.mjs',
}
