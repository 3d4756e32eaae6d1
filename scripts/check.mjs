/** `npm run check`: format and lint, types, arrows, unit tests. */
import { pathToFileURL } from 'node:url'
import { step } from './progress.mjs'
import { binary, run } from './run.mjs'
import { runVitest } from './run-vitest.mjs'
import { setup } from './setup.mjs'

const STEPS = [
  ['Format and lint', binary('biome', 'check', '--error-on-warnings', '.')],
  ['Types of the domain', binary('tsc', '-p', 'tsconfig.domain.json')],
  ['Types of the extension', binary('tsc', '-p', 'tsconfig.json')],
  ['Types of the tests', binary('tsc', '-p', 'tsconfig.test.json')],
  [
    'Arrows between the layers',
    binary('depcruise', '--config', '.dependency-cruiser.cjs', 'src', 'entrypoints', 'test', 'scripts'),
  ],
]

/** Resolves with how many steps and tests passed and failed; shows what failed. */
export async function check() {
  const counts = { passed: 0, failed: 0 }
  for (const [title, command] of STEPS) {
    const ok = await step(title, async () => {
      const { code, output } = await run(...command)
      if (code !== 0) throw new Error(output)
    }).then(
      () => true,
      (error) => {
        console.error(error.message)
        return false
      },
    )
    counts[ok ? 'passed' : 'failed'] += 1
  }
  const unit = await runVitest('Unit tests', ['--project', 'unit'])
  return { passed: counts.passed + unit.passed, failed: counts.failed + unit.failed }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await setup()
  const { passed, failed } = await check()
  console.log(`${passed} passed, ${failed} failed`)
  process.exitCode = failed === 0 ? 0 : 1
}
