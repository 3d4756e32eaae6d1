/** What the store would get: the manifest as docs/PERMISSIONS.md tells it, and nothing of the lab in it. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..', '..')
const built = join(root, '.output', 'chrome-mv3')
const read = (...path: string[]) => readFileSync(join(root, ...path), 'utf8')

/** The parts of the manifest that decide what the extension may do. */
interface Manifest {
  permissions: string[]
  host_permissions: string[]
  optional_host_permissions: string[]
  optional_permissions?: string[]
  content_security_policy: Record<string, string>
  content_scripts: {
    matches: string[]
    js: string[]
    run_at: string
    all_frames: boolean
    world?: string
    match_about_blank?: boolean
    match_origin_as_fallback?: boolean
  }[]
  externally_connectable: { ids?: string[]; matches?: string[] }
  web_accessible_resources?: unknown
  background: { service_worker: string; type?: string }
  key?: string
  name: string
}

let manifest: Manifest
let files: { name: string; text: string }[]

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ['node_modules/wxt/bin/wxt.mjs', 'build'], { cwd: root })
  manifest = JSON.parse(readFileSync(join(built, 'manifest.json'), 'utf8')) as Manifest
  files = readdirSync(built, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css|html|json)$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(built, name), 'utf8') }))
})

const documented = read('docs', 'PERMISSIONS.md')

/** First column of the tables between two headings, without their code marks. */
function rowsUnder(heading: string, until: RegExp): string[] {
  const from = documented.indexOf(`\n## ${heading}\n`)
  expect(from).toBeGreaterThan(-1)
  const rest = documented.slice(from + heading.length + 4)
  const end = rest.search(until)
  return [...rest.slice(0, end === -1 ? undefined : end).matchAll(/^\| `([^`]+)` \|/gm)].map(
    (row) => row[1] ?? '',
  )
}

describe('the manifest', () => {
  it('asks for the documented permissions and no more', () => {
    const wanted = rowsUnder('Permissions', /\n## /)
    expect(wanted).toHaveLength(7)
    expect([...manifest.permissions].sort()).toEqual(wanted.sort())
    expect(manifest.optional_permissions).toBeUndefined()
  })

  it('may speak to the documented hosts and no others, all by https', () => {
    expect([...manifest.host_permissions].sort()).toEqual(rowsUnder('Hosts', /\nOptional,/).sort())
    expect(manifest.host_permissions.filter((host) => !/^https:\/\/[a-z0-9.-]+\/\*$/.test(host))).toEqual([])
    expect(manifest.optional_host_permissions).toEqual(['https://*/*'])
  })

  it('has the documented content security policy', () => {
    const policy = /```\n(default-src [^\n]+)\n```/.exec(documented)?.[1]
    expect(manifest.content_security_policy).toEqual({ extension_pages: policy })
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|http:/)
  })

  it('puts the two documented scripts on pages of the web, and none elsewhere', () => {
    expect(manifest.content_scripts.flatMap(({ js }) => js)).toEqual(rowsUnder('Scripts on pages', /\n## /))
    expect(manifest.content_scripts.map(({ world }) => world)).toEqual(['MAIN', undefined])
    for (const script of manifest.content_scripts) {
      expect(script.matches).toEqual(['http://*/*', 'https://*/*'])
      expect(script.run_at).toBe('document_start')
      expect(script.match_about_blank ?? false).toBe(false)
      expect(script.match_origin_as_fallback ?? false).toBe(false)
    }
  })

  it('lets no page and no other extension in', () => {
    expect(manifest.externally_connectable).toEqual({ ids: [] })
    expect(manifest.web_accessible_resources).toBeUndefined()
  })

  it('gets its id from the store', () => {
    expect(manifest.key).toBeUndefined()
  })
})

describe('the package', () => {
  it('holds no address on this computer', () => {
    for (const { name, text } of files) {
      expect(text.match(/\b(?:https?|wss?):\/\/(?:127\.0\.0\.1|localhost|\[::1\])/i), name).toBeNull()
      expect(text.match(/127\.0\.0\.1:\d|localhost:\d/), name).toBeNull()
    }
  })

  it('holds nothing of the lab', () => {
    for (const { name, text } of files) {
      expect(text.match(/LAB_[A-Z]+_|x-lab-fault|test\/lab|\(lab\)/), name).toBeNull()
      expect(text.match(/sourceMappingURL/), name).toBeNull()
    }
    const names = readdirSync(built, { recursive: true, encoding: 'utf8' })
    expect(names.filter((name) => name.endsWith('.map'))).toEqual([])
    expect(names.length).toBeGreaterThan(files.length)
  })

  it('loads no code and no style from elsewhere', () => {
    for (const { name, text } of files.filter((file) => file.name.endsWith('.html'))) {
      expect(text.match(/(?:src|href)="(?:https?:)?\/\/[^"]+"/), name).toBeNull()
      expect(text.match(/<script(?![^>]*\bsrc=)[^>]*>/), name).toBeNull()
    }
    for (const { name, text } of files.filter((file) => file.name.endsWith('.js'))) {
      expect(text.match(/\b(?:importScripts|import)\s*\(\s*["'`](?:https?:)?\/\//), name).toBeNull()
    }
  })

  it('adds at most 6 kB gzip to a page', () => {
    const injected = Buffer.concat(
      ['page-api.js', 'bridge.js'].map((name) => readFileSync(join(built, name))),
    )
    expect(gzipSync(injected, { level: 9 }).length).toBeLessThanOrEqual(6 * 1024)
  })
})

describe('the packages', () => {
  const { dependencies, devDependencies, overrides } = JSON.parse(read('package.json')) as {
    dependencies: Record<string, string>
    devDependencies: Record<string, string>
    overrides: Record<string, unknown>
  }
  const direct = { ...dependencies, ...devDependencies }
  const lock = JSON.parse(read('package-lock.json')) as {
    packages: Record<
      string,
      { version?: string; dependencies?: object; devDependencies?: object; hasInstallScript?: boolean }
    >
  }

  it('are named in exact versions', () => {
    for (const [name, version] of Object.entries(direct)) {
      expect(version, name).toMatch(/^(npm:[@a-z0-9/-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/)
    }
    for (const [name, version] of Object.entries(overrides)) {
      if (typeof version === 'string') expect(version, name).toMatch(/^\d+\.\d+\.\d+$/)
    }
  })

  it('are locked as they are named', () => {
    expect(lock.packages['']).toMatchObject({ dependencies, devDependencies })
    for (const [name, version] of Object.entries(direct)) {
      expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version.replace(/^npm:.*@/, ''))
    }
  })

  it('each have their reason in docs/decisions', () => {
    const decisions = readdirSync(join(root, 'docs', 'decisions')).map((name) =>
      read('docs', 'decisions', name),
    )
    for (const [name, version] of Object.entries(direct)) {
      const bare = version.replace(/^npm:.*@/, '')
      const line = decisions
        .join('\n')
        .match(new RegExp(`^\\| \`${name}\` \\| ${bare.replaceAll('.', '\\.')} \\| .{10,} \\|$`, 'm'))
      expect(line, `${name} ${bare}`).not.toBeNull()
    }
  })
})
