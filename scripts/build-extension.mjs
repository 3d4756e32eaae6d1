/** Builds the extension: the product, or the lab build against a running lab. */
import { join } from 'node:path'
import { inRoot } from './root.mjs'
import { binary, runOrThrow } from './run.mjs'

/** Builds what the store gets; resolves with its folder. */
export async function buildProduct() {
  await runOrThrow(...binary('wxt', 'build'))
  return inRoot('.output', 'chrome-mv3')
}

/**
 * Builds against the endpoints of this lab; resolves with the build's folder, which lies in `out`. A browser reads from it as
 * long as it runs, so whoever keeps one open, or builds beside others, names an `out` of its own.
 */
export async function buildForLab(info, { out = inRoot('.output'), minified = false } = {}) {
  const env = { ...info.env, BUILD_FOLDER: out, LAB_MINIFY: minified ? '1' : '' }
  await runOrThrow(...binary('wxt', 'build', '--mode', 'lab'), { env })
  return join(out, 'chrome-mv3-lab')
}
