import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** A site author's project, which compiles against the package under `--strict`. */
const SITE = `
import { findX402Chat } from 'x402-chat-author-kit'
import { installLanguageModel } from 'x402-chat-author-kit/language-model'
import { createStandIn } from 'x402-chat-author-kit/stand-in'
import type { Budget, Receipt, X402Chat } from 'x402-chat-author-kit/types'
import OpenAI from 'openai'

// What the browser's own types describe is what the kit gives.
const model: typeof LanguageModel = installLanguageModel({ provider: createStandIn(), target: {} })
const session: LanguageModel = await model.create({ initialPrompts: [{ role: 'system', content: 'x' }] })
const text: string = await session.prompt('x', { responseConstraint: { type: 'object' } })
for await (const part of session.promptStreaming('x')) part.toUpperCase()

const found: X402Chat | null = await findX402Chat({ timeoutMs: 1 })
const provider: X402Chat | undefined = window.x402Chat
const client = new OpenAI({ ...createStandIn().clientOptions })
const budget: Budget | null = (await provider?.getBudget()) ?? null
const stream = await createStandIn().chat.completions.create({ model: 'm', messages: [], stream: true })
for await (const chunk of stream) {
  const receipt: Receipt | undefined = chunk.x402?.receipt
  const content: string | null | undefined = chunk.choices[0]?.delta.content
  void [receipt, content]
}
const whole = await createStandIn().chat.completions.create({ model: 'm', messages: [] })
const said: string | null | undefined = whole.choices[0]?.message.content
createStandIn().addEventListener('settled', ({ detail }) => detail.receipt.id)
// @ts-expect-error a number is no amount
createStandIn().requestBudget({ cap: 0.5, period: 'day' })
void [text, found, client, budget, said]
`

/** The README's own examples, one after another in a site's module. */
async function readmeExamples(): Promise<string> {
  const readme = await readFile('src/author-kit/README.md', 'utf8')
  const [imports = '', ...examples] = [...readme.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code)
  expect(examples.length).toBeGreaterThan(1)
  const used = 'void findX402Chat\nexport type Used = [Budget, Receipt, X402Chat]\nvoid x402Chat\n'
  return `${imports}declare const out: HTMLElement\n${examples.join('')}${used}`
}

const node = (...parameters: string[]) => promisify(execFile)(process.execPath, parameters)

let dir = ''
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'author-kit-'))
  await node('scripts/build-author-kit.mjs', join(dir, 'kit'))
}, 60_000)
afterAll(() => rm(dir, { recursive: true, force: true }))

describe('the package for site authors', () => {
  it('gives types that a strict project and the browser’s own types accept', async () => {
    const modules = join(dir, 'site', 'node_modules')
    await mkdir(join(modules, '@types'), { recursive: true })
    await symlink(join(dir, 'kit'), join(modules, 'x402-chat-author-kit'))
    for (const name of ['openai', '@types/dom-chromium-ai'])
      await symlink(join(process.cwd(), 'node_modules', name), join(modules, name))
    await writeFile(join(dir, 'site', 'site.ts'), SITE)
    await writeFile(join(dir, 'site', 'readme.ts'), await readmeExamples())
    const options = {
      ...{ strict: true, noEmit: true, target: 'ES2023', module: 'ESNext', moduleResolution: 'bundler' },
      ...{ lib: ['ES2023', 'DOM', 'DOM.Iterable', 'DOM.AsyncIterable'], types: ['dom-chromium-ai'] },
      ...{ preserveSymlinks: true, skipLibCheck: true },
    }
    const config = { compilerOptions: options, files: ['site.ts', 'readme.ts'] }
    await writeFile(join(dir, 'site', 'tsconfig.json'), JSON.stringify(config))
    const compiled = await node('node_modules/typescript/bin/tsc', '-p', join(dir, 'site')).catch(
      ({ stdout }: { stdout: string }) => ({ stdout }),
    )
    expect(compiled.stdout).toBe('')
  })

  it('runs without anything else', async () => {
    const load = (file: string) => import(/* @vite-ignore */ pathToFileURL(join(dir, 'kit', file)).href)
    const { createStandIn } = await load('stand-in.js')
    const { installLanguageModel } = await load('language-model.js')
    const target: { LanguageModel?: { create(): Promise<{ prompt(text: string): Promise<string> }> } } = {}
    installLanguageModel({ provider: createStandIn({ answer: () => 'Yes.' }), target })
    const session = await target.LanguageModel?.create()
    expect(await session?.prompt('Does it run?')).toBe('Yes.')
  })
})
