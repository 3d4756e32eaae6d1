/** Bundles the examples that use npm packages, each into its own `built` folder beside its page. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { inRoot } from './root.mjs'

const site = inRoot('test', 'lab', 'site')
const EXAMPLES = { openai: 'main.ts', 'ai-sdk': 'main.tsx' }

/** What was built after its sources and packages last changed stays. */
export async function buildExamples() {
  for (const [name, entry] of Object.entries(EXAMPLES)) {
    const folder = join(site, name)
    const outDir = join(folder, 'built')
    if (await isFresh(join(outDir, 'main.js'), folder)) continue
    // Most starts find everything built, and do not wait for the bundler.
    const { build } = await import('vite')
    await build({
      configFile: false,
      logLevel: 'warn',
      define: { 'process.env.NODE_ENV': '"production"' },
      oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
      build: {
        ...{ outDir, emptyOutDir: true, minify: true, target: 'es2022' },
        lib: { entry: join(folder, entry), formats: ['es'], fileName: () => 'main.js' },
      },
    })
  }
}

async function isFresh(built, folder) {
  const builtMs = await changedMs(built)
  const names = await readdir(folder, { withFileTypes: true })
  const files = names.filter((one) => one.isFile()).map((one) => join(folder, one.name))
  const sources = [...files, inRoot('package-lock.json')]
  return (await Promise.all(sources.map(changedMs))).every((ms) => ms <= builtMs)
}

/** When a file was last changed, in ms; 0 where there is none. */
async function changedMs(file) {
  return (await stat(file).catch(() => null))?.mtimeMs ?? 0
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExamples()
