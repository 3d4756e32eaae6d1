/** `npm run test:soak`: 200,000 runs of the ledger against its model; the seed is printed. SOAK_RUNS and SOAK_SEED change both. */
import { binary, run } from './run.mjs'
import { setup } from './setup.mjs'

await setup()
const args = binary('vitest', 'run', '--project', 'long', 'test/ledger/property.test.ts', '--testTimeout=0')
const { code } = await run(...args, { env: { SOAK_RUNS: process.env.SOAK_RUNS ?? '200000' }, show: true })
process.exitCode = code
