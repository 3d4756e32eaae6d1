import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))

/** Bundles a file of this folder for the browser as a page's own build would: minified, one classic script. `needsNode`: with the shims that code for Node wants. */
export async function bundle(file: string, { needsNode = false } = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(here, file)],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome121',
    write: false,
    logLevel: 'silent',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.css': 'empty' },
    define: { 'process.env.NODE_ENV': '"production"', ...(needsNode ? { global: 'globalThis' } : {}) },
    inject: needsNode ? [join(here, 'peers/node-globals.ts')] : [],
  })
  const [output] = outputFiles
  if (!output) throw new Error(`nothing came of ${file}`)
  return output.text
}

/** Bytes on the wire, at gzip's highest level. */
export function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length
}
