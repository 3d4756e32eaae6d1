import type { Page } from '@playwright/test'
import type { Tools } from '../tools.ts'

/** A page of the benchmark's own in the extension's origin, with the browser's real IndexedDB. */
export async function openBenchPage(tools: Tools, name: string): Promise<Page> {
  const { driver } = await tools.world()
  return driver.open(`chrome-extension://${driver.extensionId}/bench-${name}.html`)
}
