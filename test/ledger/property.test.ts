import fc from 'fast-check'
import { afterAll, describe, it } from 'vitest'
import { playRun } from './ledger-harness.ts'
import { runs } from './ledger-steps.ts'

const ZONE = process.env.TZ
/** 2,000 by default; 200,000 in the soak run. */
const COUNT = Number(process.env.SOAK_RUNS ?? '2000')
const SEED = Number(process.env.SOAK_SEED ?? Date.now() % 2 ** 31)

afterAll(() => {
  if (ZONE === undefined) delete process.env.TZ
  else process.env.TZ = ZONE
})

describe('the ledger and its model', () => {
  it(
    'agree on every answer and every sum, and no cap is ever passed',
    async () => {
      console.log(`ledger property: ${COUNT} runs, seed ${SEED}`)
      await fc.assert(fc.asyncProperty(runs, playRun), {
        numRuns: COUNT,
        seed: SEED,
        endOnFailure: COUNT > 10_000,
      })
    },
    Math.max(300_000, COUNT * 60),
  )
})
