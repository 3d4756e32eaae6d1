/**
 * `npm run screenshots`: every state of every screen from the preview page into `.output/screenshots`, and the real
 * pictures of the README, taken from the demo in the lab, into `docs/images`. `-- --readme` takes the latter only.
 */
import { buildForLab } from './build-extension.mjs'
import { findChromium } from './find-chromium.mjs'
import { step } from './progress.mjs'
import { binary, run } from './run.mjs'
import { setup } from './setup.mjs'
import { startLab } from './start-lab.mjs'

const readmeOnly = process.argv.includes('--readme')

async function tsx(title, args, env) {
  await step(title, async () => {
    const { code, output } = await run(...binary('tsx', ...args), { env })
    if (code !== 0) throw new Error(output)
  })
}

await setup()
const env = { CHROME_PATH: await findChromium() }
if (!readmeOnly)
  await tsx('Every state of every screen', ['test/preview/shoot.ts', '.output/screenshots'], env)
const lab = await startLab()
try {
  const extensionDir = await buildForLab(lab.info)
  const facts = JSON.stringify({ info: lab.info, extensionDir })
  await tsx('The pictures of the README', ['scripts/readme-pictures.ts', 'docs/images'], {
    ...env,
    FACTS: facts,
  })
} finally {
  await lab.stop()
}
