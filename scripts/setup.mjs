/** Makes a fresh clone ready: packages as the lockfile has them, and the types that WXT writes. Needs Node alone. */
import { existsSync, readFileSync, statSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { step } from './progress.mjs'
import { inRoot } from './root.mjs'
import { binary, runOrThrow } from './run.mjs'

/** Lowest Node that the packages work on. */
const LOWEST_NODE = [20, 19]

/** Does what is missing and nothing else. */
export async function setup() {
  requireNode()
  if (!packagesAreInstalled()) await step('Installing packages', installPackages)
  if (!typesAreWritten()) await step('Writing types', () => runOrThrow(...binary('wxt', 'prepare')))
}

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const [needMajor, needMinor] = LOWEST_NODE
  if (major > needMajor || (major === needMajor && minor >= needMinor)) return
  throw new Error(`Node ${needMajor}.${needMinor} or newer is needed; this is ${process.versions.node}.`)
}

async function installPackages() {
  // npm is a script on every system, and this Node may be the only program on the path.
  const npm = process.env.npm_execpath
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund']
  if (npm?.endsWith('.js')) await runOrThrow(process.execPath, [npm, ...args])
  else await runOrThrow(process.platform === 'win32' ? 'npm.cmd' : 'npm', args)
}

/** Whether every package of the lockfile that this machine needs is there in its very version. */
function packagesAreInstalled() {
  const installedFile = inRoot('node_modules', '.package-lock.json')
  if (!existsSync(installedFile)) return false
  const installed = readPackages(installedFile)
  const wanted = readPackages(inRoot('package-lock.json'))
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || installed[path]?.version === version,
  )
}

const readPackages = (file) => JSON.parse(readFileSync(file, 'utf8')).packages

function typesAreWritten() {
  const written = inRoot('.wxt', 'wxt.d.ts')
  if (!existsSync(written)) return false
  const sources = ['wxt.config.ts', 'package.json', 'locales/en.json'].map((name) => inRoot(name))
  return sources.every((source) => statSync(source).mtimeMs <= statSync(written).mtimeMs)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  setup().catch((error) => {
    console.error(error.message)
    process.exit(1)
  })
}
