/** One lab and one lab build for all browser tests of a run. */
import { buildExamples } from '../../scripts/build-examples.mjs'
import { findChromium } from '../../scripts/find-chromium.mjs'
import { startLab } from '../../scripts/start-lab.mjs'
import { withBuild } from './own-lab.mjs'

/** `E2E_LAB_INFO` and `E2E_EXTENSION_DIR` name a lab that runs already, and a build against it. */
export default async function setup({ provide }) {
  const { E2E_LAB_INFO, E2E_EXTENSION_DIR } = process.env
  await buildExamples()
  const lab = E2E_LAB_INFO ? { info: JSON.parse(E2E_LAB_INFO), stop: async () => {} } : await startLab()
  const stage = E2E_EXTENSION_DIR ? { ...lab, extensionDir: E2E_EXTENSION_DIR } : await withBuild(lab)
  provide('lab', stage.info)
  provide('extensionDir', stage.extensionDir)
  provide('chromium', await findChromium())
  return stage.stop
}
