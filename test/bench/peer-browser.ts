import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from '@playwright/test'
import { removeProfile } from '../e2e/remove-profile.ts'
import type { Tools } from './tools.ts'

/** A browser with these extensions and no others; ends with the run. */
export async function launchWith(tools: Tools, folders: readonly string[]): Promise<BrowserContext> {
  const profile = mkdtempSync(join(tmpdir(), 'x402-chat-profile-'))
  const asRoot = process.getuid?.() === 0
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: await tools.chromium(),
    headless: true,
    viewport: null,
    args: [
      ...(asRoot ? ['--no-sandbox'] : []),
      ...(folders.length > 0
        ? [`--disable-extensions-except=${folders.join(',')}`, `--load-extension=${folders.join(',')}`]
        : []),
    ],
  })
  tools.atEnd(async () => {
    await context.close()
    removeProfile(profile)
  })
  return context
}
