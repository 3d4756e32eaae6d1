import { equalBytes, fromBase64, toBase64 } from './bytes.ts'
import type { ByteStore, TextStore } from './ports.ts'
import { createQueue } from './queue.ts'
import { readVault, type VaultFile, writeVault } from './vault-file.ts'

export type LoadedVault =
  | { readonly kind: 'none' }
  /** Something is there and nothing of it is readable. */
  | { readonly kind: 'damaged' }
  /** The newest readable file. `twin`: a second one of the same revision with other bytes; a password tells which is right. */
  | { readonly kind: 'found'; readonly file: VaultFile; readonly twin: VaultFile | null }

/** The vault in its two places. Writes go first to the first copy, so that a crash between leaves one good. */
export interface Copies {
  /** Heals a missing, damaged or older copy from the other. Throws where a store fails and no good copy is left. */
  load(): Promise<LoadedVault>
  /** Writes both; resolves once one of them is durably good, throws where neither is. */
  save(file: VaultFile): Promise<void>
  erase(): Promise<void>
}

export const VAULT_TEXT_KEY = 'wallet.vault'

interface Place {
  read(): Promise<Uint8Array | null>
  write(bytes: Uint8Array): Promise<void>
  erase(): Promise<void>
  /** The newest good copy that was read here. */
  last: GoodCopy | null
}

interface GoodCopy {
  readonly kind: 'good'
  readonly file: VaultFile
  readonly bytes: Uint8Array
}

/** What one place holds. */
type Copy =
  | { readonly kind: 'empty' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'damaged' }
  | GoodCopy

export function createCopies(ports: { readonly vaultStore: ByteStore; readonly local: TextStore }): Copies {
  const first: Place = {
    read: () => ports.vaultStore.get(),
    write: (bytes) => ports.vaultStore.set(bytes),
    erase: () => ports.vaultStore.delete(),
    last: null,
  }
  const second = createTextPlace(ports.local)
  const queue = createQueue()
  return {
    load: () => queue.run(() => loadBoth(first, second)),
    save: (file) => queue.run(async () => saveBoth(await writeVault(file), first, second)),
    erase: () =>
      queue.run(async () => {
        await second.erase()
        await first.erase()
      }),
  }
}

function createTextPlace(local: TextStore): Place {
  return {
    async read() {
      const text = await local.get(VAULT_TEXT_KEY)
      return text === null ? null : (fromBase64(text) ?? new Uint8Array(0))
    },
    write: (bytes) => local.set(VAULT_TEXT_KEY, toBase64(bytes)),
    erase: () => local.delete(VAULT_TEXT_KEY),
    last: null,
  }
}

async function loadBoth(first: Place, second: Place): Promise<LoadedVault> {
  const [a, b] = await Promise.all([readCopy(first), readCopy(second)])
  if (a.kind === 'good' && b.kind === 'good') {
    if (equalBytes(a.bytes, b.bytes)) return found(a.file)
    if (a.file.revision === b.file.revision) return { kind: 'found', file: a.file, twin: b.file }
    const aIsNewer = a.file.revision > b.file.revision
    await heal(aIsNewer ? second : first, aIsNewer ? a.bytes : b.bytes)
    return found(aIsNewer ? a.file : b.file)
  }
  if (a.kind === 'good') {
    await heal(second, a.bytes)
    return found(a.file)
  }
  if (b.kind === 'good') {
    await heal(first, b.bytes)
    return found(b.file)
  }
  if (a.kind === 'failed') throw a.error
  if (b.kind === 'failed') throw b.error
  return { kind: a.kind === 'empty' && b.kind === 'empty' ? 'none' : 'damaged' }
}

function found(file: VaultFile): LoadedVault {
  return { kind: 'found', file, twin: null }
}

async function readCopy(place: Place): Promise<Copy> {
  try {
    const bytes = await place.read()
    if (bytes === null) return { kind: 'empty' }
    // The same bytes are checked and parsed once: every look at the wallet comes through here.
    if (place.last !== null && equalBytes(place.last.bytes, bytes)) return place.last
    const file = await readVault(bytes)
    if (file === null) return { kind: 'damaged' }
    place.last = { kind: 'good', file, bytes }
    return place.last
  } catch (error) {
    return { kind: 'failed', error }
  }
}

/** A place that cannot be written now is healed by a later load; the good copy is untouched. */
async function heal(place: Place, bytes: Uint8Array): Promise<void> {
  await Promise.allSettled([place.write(bytes)])
}

/** The second copy is touched only after the first reads back, so that the older vault survives a first write that went wrong. */
async function saveBoth(bytes: Uint8Array, first: Place, second: Place): Promise<void> {
  const firstWrite = await settle(async () => {
    await first.write(bytes)
    const written = await first.read()
    if (written === null || !equalBytes(written, bytes)) throw new Error('The vault did not read back')
  })
  const secondWrite = await settle(() => second.write(bytes))
  if (firstWrite.failed && secondWrite.failed) throw firstWrite.error
}

async function settle(
  task: () => Promise<void>,
): Promise<{ readonly failed: false } | { readonly failed: true; readonly error: unknown }> {
  try {
    await task()
    return { failed: false }
  } catch (error) {
    return { failed: true, error }
  }
}
