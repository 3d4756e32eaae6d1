/** Finds a Chromium that loads unpacked extensions; on Debian as root installs it. Google's own Chrome no longer does (since 137). */
import { existsSync, readFileSync } from 'node:fs'
import { isProgram, onPath, searchChromium } from './installed-chromium.mjs'
import { step } from './progress.mjs'
import { runOrThrow } from './run.mjs'

/** Path of Chromium's program; throws with what to do when there is none. */
export async function findChromium() {
  const given = process.env.CHROME_PATH
  if (given) {
    if (isProgram(given)) return given
    throw new Error(`CHROME_PATH names no program: ${given}`)
  }
  const found = searchChromium()
  if (found) return found
  if (!isDebianRoot()) throw new Error(ADVICE)
  await step('Installing Chromium', () => aptInstall('chromium'))
  const installed = searchChromium()
  if (!installed) throw new Error(ADVICE)
  return installed
}

/** Path of Xvfb, a display without a screen, for tests that need real focus; null where it can neither be found nor installed. */
export async function findXvfb() {
  const found = onPath('Xvfb')
  if (found || !isDebianRoot()) return found
  await step('Installing Xvfb', () => aptInstall('xvfb')).catch((error) => console.error(error.message))
  return onPath('Xvfb')
}

const ADVICE =
  'No Chromium was found: install Chromium (or Chrome for Testing) and set CHROME_PATH to its program.'

function isDebianRoot() {
  if (process.getuid?.() !== 0 || !existsSync('/etc/os-release')) return false
  return /^ID=debian$/m.test(readFileSync('/etc/os-release', 'utf8')) && onPath('apt-get') !== null
}

async function aptInstall(name) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await runOrThrow('apt-get', ['update', '-qq'], { env })
  await runOrThrow('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], { env })
}
