/** Compiles Solidity with a solc from npm, once: results are cached by the hash of all that went in. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Abi, Hex } from 'viem'

const require = createRequire(import.meta.url)
const contractsDir = dirname(fileURLToPath(import.meta.url))
const modulesDir = resolve(contractsDir, '../../../../node_modules')
const cacheDir = join(modulesDir, '.cache/x402-lab')

/** What to compile; paths are relative to this folder, or to `root`. */
export interface CompileRequest {
  file: string
  contract: string
  /** The folder that `file` and its imports are looked up in first; packages come from node_modules. */
  root?: string
  compiler?: 'solc' | 'solc0817'
  remappings?: readonly string[]
  viaIR?: boolean
  runs?: number
}

export interface CompiledContract {
  abi: Abi
  /** Creation code: takes the constructor's arguments behind it. */
  bytecode: Hex
  /** Runtime code as solc emits it: immutables are zero. */
  deployedBytecode: Hex
}

interface Compiler {
  version(): string
  compile(input: string): string
}

interface SolcOutput {
  errors?: { severity: string; formattedMessage: string }[]
  contracts?: Record<
    string,
    Record<string, { abi: Abi; evm: { bytecode: { object: string }; deployedBytecode: { object: string } } }>
  >
}

/** Compiles one contract of one file. Throws with the compiler's own words. */
export function compileContract(request: CompileRequest): CompiledContract {
  const sources = collectSources(request)
  const input = JSON.stringify(solcInput(request, sources))
  const name = request.compiler ?? 'solc'
  const version = String(require(`${name}/package.json`).version)
  const key = createHash('sha256').update(`${version}\n${request.contract}\n${input}`).digest('hex')
  const cached = join(cacheDir, `${request.contract}-${key.slice(0, 24)}.json`)
  if (existsSync(cached)) return JSON.parse(readFileSync(cached, 'utf8')) as CompiledContract
  const compiled = runCompiler(request, input)
  mkdirSync(cacheDir, { recursive: true })
  const partial = `${cached}.${process.pid}`
  writeFileSync(partial, JSON.stringify(compiled))
  renameSync(partial, cached)
  return compiled
}

function runCompiler(request: CompileRequest, input: string): CompiledContract {
  const compiler = require(request.compiler ?? 'solc') as Compiler
  const output = JSON.parse(compiler.compile(input)) as SolcOutput
  const errors = (output.errors ?? []).filter((error) => error.severity === 'error')
  if (errors.length > 0) throw new Error(errors.map((error) => error.formattedMessage).join('\n'))
  const found = output.contracts?.[request.file]?.[request.contract]
  if (!found) throw new Error(`${request.file} has no contract ${request.contract}`)
  return {
    abi: found.abi,
    bytecode: `0x${found.evm.bytecode.object}`,
    deployedBytecode: `0x${found.evm.deployedBytecode.object}`,
  }
}

function solcInput(request: CompileRequest, sources: Record<string, { content: string }>) {
  return {
    language: 'Solidity',
    sources,
    settings: {
      optimizer: { enabled: true, runs: request.runs ?? 200 },
      ...(request.viaIR ? { viaIR: true } : {}),
      remappings: request.remappings ?? [],
      outputSelection: {
        '*': { [request.contract]: ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] },
      },
    },
  }
}

/** Reads the file and all that it imports, so that the hash covers them. */
function collectSources(request: CompileRequest): Record<string, { content: string }> {
  const sources: Record<string, { content: string }> = {}
  const pending = [request.file]
  for (let unit = pending.pop(); unit !== undefined; unit = pending.pop()) {
    if (sources[unit]) continue
    const content = readSource(unit, request)
    sources[unit] = { content }
    for (const match of content.matchAll(/^\s*import\s[^;]*?["']([^"']+)["']\s*;/gm)) {
      if (match[1]) pending.push(resolveImport(unit, match[1], request))
    }
  }
  return sources
}

function resolveImport(from: string, target: string, request: CompileRequest): string {
  if (target.startsWith('.')) return join(dirname(from), target)
  for (const remapping of request.remappings ?? []) {
    const [prefix = '', replacement = ''] = remapping.split('=')
    if (target.startsWith(prefix)) return replacement + target.slice(prefix.length)
  }
  return target
}

function readSource(unit: string, request: CompileRequest): string {
  const candidates = [join(request.root ?? contractsDir, unit), join(modulesDir, unit)]
  for (const path of candidates) if (existsSync(path)) return readFileSync(path, 'utf8')
  throw new Error(`Solidity source not found: ${unit}`)
}
