/** `npm run test:crash`: the whole crash matrix, every point and every end, three times over; CRASH_REPEATS changes how often. */
import { findChromium } from './find-chromium.mjs'
import { binary, run } from './run.mjs'
import { setup } from './setup.mjs'

await setup()
const env = { CRASH_FULL: '1', CHROME_PATH: await findChromium() }
const args = binary('vitest', 'run', '--project', 'e2e', 'test/e2e/crash-matrix.e2e.ts')
const { code } = await run(...args, { env, show: true })
process.exitCode = code
