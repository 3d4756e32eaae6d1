/** Runs vitest and counts what it reports; a run that breaks down counts as a failure. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { step } from './progress.mjs'
import { binary, run } from './run.mjs'

/**
 * Resolves with the numbers of tests that passed and failed; prints the report when anything failed, or with `show`. A test
 * that was left out is named.
 */
export async function runVitest(title, args, { env = {}, show = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'x402-chat-tests-'))
  const file = join(folder, 'report.json')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  try {
    return await step(title, async () => {
      const { code, output } = await run(...binary('vitest', 'run', ...reporters, ...args), { env })
      const { notes, ...counts } = readReport(file)
      if (code !== 0 && counts.failed === 0) counts.failed = 1
      if (counts.failed > 0 || show) console.error(output)
      for (const note of notes) console.error(`    ${note}`)
      return counts
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function readReport(file) {
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return { passed: 0, failed: 1, notes: [] }
  }
  // A file that cannot even be loaded has no failed test in it, but its suite failed.
  const broken = report.testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
  )
  const notes = report.testResults.flatMap(({ assertionResults }) => assertionResults.flatMap(noteOf))
  return { passed: report.numPassedTests, failed: report.numFailedTests + broken.length, notes }
}

function noteOf({ status, fullName }) {
  return status === 'skipped' || status === 'pending' ? [`left out: ${fullName}`] : []
}
