/**
 * `npm start`: from a fresh clone to a demo page with a funded wallet beside it.
 * `--headless`, or no display: does the main job by itself and prints a transcript; `--json` prints it as one object.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildForLab } from './build-extension.mjs'
import { findChromium } from './find-chromium.mjs'
import { step } from './progress.mjs'
import { setup } from './setup.mjs'
import { startLab } from './start-lab.mjs'

const asked = new Set(process.argv.slice(2))
const known = new Set(['--headless', '--json'])
for (const option of asked) {
  if (known.has(option)) continue
  console.error(`There is no option ${option}; there are: ${[...known].join(', ')}`)
  process.exit(2)
}

const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
const headless = asked.has('--headless') || asked.has('--json') || !hasDisplay

const open = []
let closing
/** Ends what was started, the last first; whoever asks again waits for the same end. */
function close() {
  closing ??= (async () => {
    for (const end of open.reverse()) await end().catch((error) => console.error(error.message))
  })()
  return closing
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => void close().then(() => process.exit(130)))
}

try {
  process.exitCode = await main()
} catch (error) {
  // Whoever ends us in the middle of a step knows why it failed.
  if (!closing) console.error(`\n${error instanceof Error ? error.message : error}`)
  process.exitCode = 1
} finally {
  await close()
}

async function main() {
  await setup()
  const executablePath = await findChromium()
  const lab = await step('Starting the local chains, the gateways and the demo site', () => startLab())
  open.push(lab.stop)
  // The browser reads from it as long as it is open, whatever else is built meanwhile.
  const out = mkdtempSync(join(tmpdir(), 'x402-chat-build-'))
  open.push(async () => rmSync(out, { recursive: true, force: true }))
  const extensionDir = await step('Building the extension', () => buildForLab(lab.info, { out }))
  const { buildExamples } = await import('./build-examples.mjs')
  await step('Building the examples', () => buildExamples())
  const { register } = await import('tsx/esm/api')
  register()
  const demo = await import('./demo.ts')
  const stage = { info: lab.info, extensionDir, executablePath, step, onOpen: (end) => open.push(end) }
  if (!headless) {
    await demo.openDemo(stage)
    return 0
  }
  const report = await demo.doMainJob(stage)
  console.log(asked.has('--json') ? JSON.stringify(report, null, 2) : demo.transcript(report))
  return demo.isExact(report) ? 0 : 1
}
