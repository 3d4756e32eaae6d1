/**
 * Runs the browser tests in lanes side by side. A lane has a lab and a build of its own, and takes the next file when it is
 * done with one.
 */
import { readdirSync } from 'node:fs'
import { withBuild } from '../test/e2e/own-lab.mjs'
import { buildExamples } from './build-examples.mjs'
import { step } from './progress.mjs'
import { inRoot } from './root.mjs'
import { runVitest } from './run-vitest.mjs'
import { startLab } from './start-lab.mjs'

/** Of busy files, as many as there are cores at least: a third makes questions wait for longer than a person would let them. */
const LANES = 2
/**
 * On a busy build machine a file in which something failed runs once more, by itself and in a new browser, when the lanes
 * are done; what failed before is named. At home a flake has to be seen.
 */
const TRIES_ALONE = process.env.CI === 'true'
/** Files that hardly do anything but wait have a lane of their own beside the others. */
const WAITING = ['late-answers']
/** Files that take minutes are begun first, so that no lane waits long for the other in the end. */
const LONG = [
  'crash-matrix',
  'page-clients',
  'double-pay',
  'start',
  'benchmark',
  'preview-axe',
  'approval-safety',
  'budgets-together',
  'three-hundred',
  'panel',
  'hostile-pages',
]
/** The crash matrix ends with a table of its rows. */
const SHOWN = ['crash-matrix']

/** Resolves with how many tests passed and failed; `env` goes to each of them. */
export async function runBrowserTests({ env }) {
  const counts = { passed: 0, failed: 0 }
  const queues = makeQueues()
  await buildExamples()
  // One after the other: the first takes the fixed ports, the others find their own.
  const lanes = []
  const again = []
  try {
    for (let lane = 1; lane <= queues.length; lane++)
      lanes.push(await step(`Starting lab ${lane} and building against it`, startLane))
    await Promise.all(lanes.map((lane, index) => follow(lane, queues[index], { env, counts, again })))
    for (const name of again) add(counts, await runFile(lanes[0], `${name}, alone`, { name, env }))
  } finally {
    await Promise.all(lanes.map(({ stop }) => stop()))
  }
  return counts
}

async function startLane() {
  return withBuild(await startLab())
}

async function follow(lane, files, { env, counts, again }) {
  for (let name = files.shift(); name; name = files.shift()) {
    const found = await runFile(lane, name, { name, env })
    if (found.failed === 0 || !TRIES_ALONE) add(counts, found)
    else {
      console.error(`  ! ${name} failed beside the others; it runs once more, alone, at the end`)
      again.push(name)
    }
  }
}

function runFile({ info, extensionDir }, title, { name, env }) {
  const lane = { E2E_LAB_INFO: JSON.stringify(info), E2E_EXTENSION_DIR: extensionDir }
  return runVitest(`In the browser: ${title}`, [...ARGS, `test/e2e/${name}.e2e.ts`], {
    env: { ...env, ...lane },
    show: SHOWN.includes(name),
  })
}

function add(counts, { passed, failed }) {
  counts.passed += passed
  counts.failed += failed
}

const ARGS = ['--project', 'e2e']

/** Where each lane takes its files from: one queue for the busy ones, another for what waits. */
function makeQueues() {
  const ending = '.e2e.ts'
  const all = readdirSync(inRoot('test', 'e2e')).filter((name) => name.endsWith(ending))
  const names = all.map((name) => name.slice(0, -ending.length))
  const [first, waiting] = [LONG, WAITING].map((listed) => listed.filter((name) => names.includes(name)))
  const others = names.filter((name) => !LONG.includes(name) && !WAITING.includes(name))
  const busy = [...first, ...others]
  return [...Array(LANES).fill(busy), waiting]
}
