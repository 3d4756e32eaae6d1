/** Where a Chromium that loads unpacked extensions may be installed; looks, and changes nothing. */
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'ungoogled-chromium', 'chrome-for-testing']

/** Path of a Chromium that is installed, by the usual names and places; null where there is none. */
export function searchChromium() {
  for (const name of NAMES) {
    const found = onPath(name)
    if (found) return found
  }
  return usualPlaces().find(isProgram) ?? null
}

function usualPlaces() {
  const home = homedir()
  const local = process.env.LOCALAPPDATA ?? join(home, 'AppData', 'Local')
  return [
    '/usr/lib/chromium/chromium',
    '/snap/bin/chromium',
    '/opt/homebrew/bin/chromium',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
    join(local, 'Chromium', 'Application', 'chrome.exe'),
    ...downloaded(join(home, '.cache', 'ms-playwright'), 'chromium-', [
      'chrome-linux/chrome',
      'chrome-linux64/chrome',
    ]),
    ...downloaded(join(home, 'Library', 'Caches', 'ms-playwright'), 'chromium-', [
      'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
    ]),
    ...downloaded(join(local, 'ms-playwright'), 'chromium-', ['chrome-win/chrome.exe']),
    ...downloaded(join(home, '.cache', 'puppeteer', 'chrome'), '', ['chrome-linux64/chrome']),
  ]
}

/** Browsers that test tools keep, one folder to a version, newest first. */
function downloaded(folder, prefix, programs) {
  if (!existsSync(folder)) return []
  const versions = readdirSync(folder).filter((name) => name.startsWith(prefix))
  versions.sort((a, b) => b.localeCompare(a, 'en', { numeric: true }))
  return versions.flatMap((version) => programs.map((program) => join(folder, version, program)))
}

/** Path of a program of that name, or null. */
export function onPath(name) {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean)
  const file = process.platform === 'win32' ? `${name}.exe` : name
  return folders.map((folder) => join(folder, file)).find(isProgram) ?? null
}

export function isProgram(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
