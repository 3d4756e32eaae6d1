/** Builds the package for site authors into .output/author-kit: JavaScript, types, and a check by publint. */
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { build } from 'vite'
import { inRoot } from './root.mjs'
import { binary, runOrThrow } from './run.mjs'

const source = inRoot('src', 'author-kit')
/** What a site imports: the path after the package's name, and the module behind it. */
const entries = {
  index: 'find-x402chat',
  'language-model': 'install-language-model',
  'stand-in': 'stand-in/create-stand-in',
}

/** Resolves with the package's folder; throws where publint has anything to say. */
export async function buildAuthorKit(out = inRoot('.output', 'author-kit')) {
  await rm(out, { recursive: true, force: true })
  await mkdir(join(out, 'types'), { recursive: true })
  await buildScripts(out)
  await buildTypes(join(out, 'types'))
  await writeFile(join(out, 'package.json'), `${JSON.stringify(await manifest(), null, 2)}\n`)
  await cp(join(source, 'README.md'), join(out, 'README.md'))
  const { messages, pkg } = await publint({ pkgDir: out, strict: true })
  if (messages.length > 0) throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'))
  return out
}

async function buildScripts(out) {
  await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      ...{ outDir: out, emptyOutDir: false, minify: false, target: 'es2022' },
      lib: {
        entry: Object.fromEntries(
          Object.entries(entries).map(([name, path]) => [name, join(source, `${path}.ts`)]),
        ),
        formats: ['es'],
      },
    },
  })
}

/** Declarations of the entries and of what they name; the page API's own types go along as they are. */
async function buildTypes(out) {
  const work = await mkdtemp(join(tmpdir(), 'author-kit-types-'))
  const config = {
    extends: inRoot('tsconfig.json'),
    compilerOptions: {
      ...{ noEmit: false, declaration: true, emitDeclarationOnly: true, types: [], rootDir: inRoot('src') },
      ...{ outDir: work, rewriteRelativeImportExtensions: true },
    },
    files: Object.values(entries).map((path) => join(source, `${path}.ts`)),
    include: [],
  }
  const configFile = join(work, 'tsconfig.json')
  await writeFile(configFile, JSON.stringify(config))
  await runOrThrow(...binary('tsc', '-p', configFile))
  await cp(join(source, 'x402chat.d.ts'), join(work, 'author-kit', 'x402chat.d.ts'))
  const needed = [...Object.values(entries), 'x402chat'].map((path) => `${path}.d.ts`)
  for (const file of needed) {
    const text = await readFile(join(work, 'author-kit', file), 'utf8')
    await mkdir(dirname(join(out, file)), { recursive: true })
    // In a package the types stand beside scripts: they are named by the script's name.
    const named = text.replaceAll(/(['"])(\.[^'"]*?)(\.d)?\.ts\1/g, '$1$2.js$1')
    await writeFile(join(out, file), named)
    for (const [, path] of named.matchAll(/['"](\.[^'"]*)\.js['"]/g)) {
      const next = join(dirname(file), `${path}.d.ts`)
      if (!needed.includes(next)) needed.push(next)
    }
  }
  await rm(work, { recursive: true })
}

async function manifest() {
  const { version, license } = JSON.parse(await readFile(inRoot('package.json'), 'utf8'))
  return {
    ...{ name: 'x402-chat-author-kit', version, license, type: 'module', sideEffects: false },
    description: 'Types, a stand-in for tests and the Prompt API for pages that use window.x402Chat.',
    exports: {
      '.': exportOf('index', entries.index),
      './language-model': exportOf('language-model', entries['language-model']),
      './stand-in': exportOf('stand-in', entries['stand-in']),
      './types': { types: './types/x402chat.d.ts' },
    },
    files: ['*.js', 'types', 'README.md'],
    peerDependencies: { openai: '>=6' },
    peerDependenciesMeta: { openai: { optional: true } },
  }
}

function exportOf(script, types) {
  return { types: `./types/${types}.d.ts`, default: `./${script}.js` }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await buildAuthorKit(process.argv[2]))
