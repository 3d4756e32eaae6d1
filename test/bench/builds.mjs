/** What the benchmark uses of the project's own scripts. */
import { buildForLab } from '../../scripts/build-extension.mjs'

export { buildProduct } from '../../scripts/build-extension.mjs'
export { findChromium } from '../../scripts/find-chromium.mjs'
export { startLab } from '../../scripts/start-lab.mjs'

/** The lab build with the product's minified code; resolves with its folder. */
export function buildMinifiedForLab(info) {
  return buildForLab(info, { minified: true })
}
