import { rmSync } from 'node:fs'

/**
 * Removes a browser's profile. Its processes may still write for a moment after the browser has ended; what cannot be
 * removed for eleven seconds (the waits grow by 100 ms each) is left to the system's own cleaning of temporary files.
 */
export function removeProfile(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 14, retryDelay: 100 })
  } catch (error) {
    console.warn(`left behind: ${folder} (${error instanceof Error ? error.message : error})`)
  }
}
