/**
 * Adds entries for optional platform binaries that a registry did not offer when the lock was written: without them
 * `npm ci` refuses the lock. Run after adding a package with such binaries: `node scripts/mend-lock.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const known = lock.packages
let added = 0
for (const [path, entry] of Object.entries(known)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const place = `node_modules/${name}`
    if (known[place] || known[`${path}/node_modules/${name}`] || !/^\d/.test(version)) continue
    const [, os, cpu] =
      /-(darwin|linux|win32|android|freebsd)-(arm64|x64|ia32|arm|ppc64|s390x|riscv64|loong64)/.exec(name) ??
      []
    if (!os) continue
    known[place] = { version, optional: true, os: [os], cpu: [cpu] }
    added++
  }
}
lock.packages = Object.fromEntries(Object.entries(known).sort(([a], [b]) => (a < b ? -1 : 1)))
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
console.log(`${added} entries added`)
