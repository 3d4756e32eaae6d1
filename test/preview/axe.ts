/** Accessibility of every state: `tsx test/preview/axe.ts [part of a scene's name]`. Ends with 1 where axe finds anything. */
import { checkAccessibility } from './check-accessibility.ts'
import { launchBrowser } from './launch-browser.ts'

const browser = await launchBrowser()
try {
  const faults = await checkAccessibility(browser, process.argv[2])
  for (const fault of faults) console.log(JSON.stringify(fault))
  console.log(`${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await browser.close()
}
