import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { describe, expect, it } from 'vitest'

/** Source: docs/PERFORMANCE.md, row 1. */
const MOST_BYTES = 6 * 1024

async function bundled(entry: string): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ...{ write: false, minify: true, target: 'chrome121', modulePreload: false },
      lib: { entry: `entrypoints/${entry}.ts`, formats: ['iife'], name: 'script' },
    },
  })
  const [output] = [result].flat()
  if (!output || !('output' in output)) throw new Error('one output was expected')
  return output.output[0].code
}

describe('what is put into every page', async () => {
  const texts = await Promise.all(['page-api', 'bridge'].map(bundled))

  it('is at most 6 kB, compressed, page script and bridge together', () => {
    const sizes = texts.map((text) => gzipSync(text, { level: 9 }).length)
    expect(texts.every((text) => text.length > 500)).toBe(true)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES)
  })

  it('says nothing on the console and stores nothing', () => {
    for (const text of texts)
      expect(text).not.toMatch(/console\.|localStorage|sessionStorage|indexedDB|cookie|\beval\b/)
  })
})
