/**
 * Runs the browser tests in lanes side by side. A lane has a lab and a build of its own, and takes the next file when it is
 * done with one: most of such a test's time is spent waiting.
 */
import { readdirSync } from 'node:fs'
import { withBuild } from '../test/e2e/own-lab.mjs'
import { buildExamples } from './build-examples.mjs'
import { step } from './progress.mjs'
import { inRoot } from './root.mjs'
import { runVitest } from './run-vitest.mjs'
import { startLab } from './start-lab.mjs'

/** More than there may be cores: a lane computes for a third of its time at most. */
const LANES = 3
/** Files that take minutes are begun first, so that no lane waits long for the other in the end. */
const LONG = [
  'late-answers',
  'crash-matrix',
  'page-clients',
  'double-pay',
  'start',
  'benchmark',
  'approval-safety',
  'budgets-together',
  'panel',
  'hostile-pages',
]
/** The crash matrix ends with a table of its rows. */
const SHOWN = ['crash-matrix']

/** Resolves with how many tests passed and failed; `env` goes to each of them. */
export async function runBrowserTests({ env }) {
  const counts = { passed: 0, failed: 0 }
  const files = filesInOrder()
  await buildExamples()
  // One after the other: the first takes the fixed ports, the others find their own.
  const lanes = []
  try {
    for (let lane = 1; lane <= LANES; lane++)
      lanes.push(await step(`Starting lab ${lane} and building against it`, startLane))
    await Promise.all(lanes.map((lane) => follow(lane, files, { env, counts })))
  } finally {
    await Promise.all(lanes.map(({ stop }) => stop()))
  }
  return counts
}

async function startLane() {
  return withBuild(await startLab())
}

async function follow({ info, extensionDir }, files, { env, counts }) {
  const lane = { E2E_LAB_INFO: JSON.stringify(info), E2E_EXTENSION_DIR: extensionDir }
  for (let name = files.shift(); name; name = files.shift()) {
    const { passed, failed } = await runVitest(
      `In the browser: ${name}`,
      [...ARGS, `test/e2e/${name}.e2e.ts`],
      {
        env: { ...env, ...lane },
        show: SHOWN.includes(name),
      },
    )
    counts.passed += passed
    counts.failed += failed
  }
}

const ARGS = ['--project', 'e2e']

function filesInOrder() {
  const ending = '.e2e.ts'
  const all = readdirSync(inRoot('test', 'e2e')).filter((name) => name.endsWith(ending))
  const names = all.map((name) => name.slice(0, -ending.length))
  return [...LONG.filter((name) => names.includes(name)), ...names.filter((name) => !LONG.includes(name))]
}
