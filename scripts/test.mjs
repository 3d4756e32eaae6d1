/** `npm test`: set-up, checks, both builds, then unit, lab and browser tests. The last line says how it went. */
import { runBrowserTests } from './browser-tests.mjs'
import { buildProduct } from './build-extension.mjs'
import { check } from './check.mjs'
import { findChromium, findXvfb } from './find-chromium.mjs'
import { step } from './progress.mjs'
import { runVitest } from './run-vitest.mjs'
import { setup } from './setup.mjs'

const counts = { passed: 0, failed: 0 }

function add({ passed, failed }) {
  counts.passed += passed
  counts.failed += failed
}

/** One thing that works or does not. */
async function single(title, work) {
  try {
    await (title === null ? work() : step(title, work))
    add({ passed: 1, failed: 0 })
    return true
  } catch (error) {
    console.error(error.message)
    add({ passed: 0, failed: 1 })
    return false
  }
}

/** Many things that are counted; where they cannot even be begun, one failed. */
async function tally(work) {
  try {
    add(await work())
  } catch (error) {
    console.error(error.message)
    add({ passed: 0, failed: 1 })
  }
}

if (await single(null, setup)) {
  add(await check())
  await single('Building the product', buildProduct)
  // Side by side: the former compute, the latter mostly wait for blocks.
  const both = [
    runVitest('Long unit tests', ['--project', 'long']),
    runVitest('Tests against the lab', ['--project', 'lab']),
  ]
  for (const counted of await Promise.all(both)) add(counted)
  let chromium = ''
  const found = await single(null, async () => {
    chromium = await findChromium()
    await findXvfb()
  })
  if (found) await tally(() => runBrowserTests({ env: { CHROME_PATH: chromium } }))
}

console.log(`${counts.passed} passed, ${counts.failed} failed`)
process.exitCode = counts.failed === 0 ? 0 : 1
