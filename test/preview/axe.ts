/** Accessibility of every state: `tsx test/preview/axe.ts [part of a scene's name]`. Ends with 1 where axe finds anything. */
import { checkAccessibility } from './check-accessibility.ts'
import { launchBrowser } from './launch-browser.ts'
import { openPreview } from './open-preview.ts'

const preview = await openPreview()
const browser = await launchBrowser()
try {
  const shots = await preview.shots(browser)
  const faults = await checkAccessibility(browser, {
    base: preview.base,
    shots: shots.filter(({ id }) => id.includes(process.argv[2] ?? '')),
  })
  for (const fault of faults) console.log(JSON.stringify(fault))
  console.log(`${faults.length} faults`)
  process.exitCode = faults.length === 0 ? 0 : 1
} finally {
  await browser.close()
  await preview.close()
}
