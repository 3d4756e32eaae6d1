import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const here = dirname(fileURLToPath(import.meta.url))

/** Bundles a file of this folder for the browser as a page's own build would: minified, one classic script. `needsNode`: with the shims that code for Node wants. */
export async function bundle(file: string, { needsNode = false } = {}): Promise<string> {
  return (await bundleWithStyles(file, { needsNode })).script
}

/** The same, with the style sheets that it imports as one. */
export async function bundleWithStyles(file: string, { needsNode = false } = {}): Promise<Bundled> {
  const { outputFiles } = await build({
    entryPoints: [join(here, file)],
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: 'chrome121',
    write: false,
    outdir: here,
    logLevel: 'silent',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    define: { 'process.env.NODE_ENV': '"production"', ...(needsNode ? { global: 'globalThis' } : {}) },
    inject: needsNode ? [join(here, 'peers/node-globals.ts')] : [],
  })
  const textOf = (ending: string) => outputFiles.find(({ path }) => path.endsWith(ending))?.text
  const script = textOf('.js')
  if (script === undefined) throw new Error(`nothing came of ${file}`)
  return { script, styles: textOf('.css') ?? '' }
}

export interface Bundled {
  readonly script: string
  /** Empty where nothing imports any. */
  readonly styles: string
}

/** Bytes on the wire, at gzip's highest level. */
export function gzipped(text: string): number {
  return gzipSync(text, { level: 9 }).length
}
