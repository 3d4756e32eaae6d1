/** How a wallet comes to be and goes: create, restore, reset. */
import { ChatError, isChatError } from '../domain/errors.ts'
import { copyBytes, wipe } from './bytes.ts'
import { beginUnlocked, type Context, emit, lockNow } from './context.ts'
import type { Imported } from './imports.ts'
import { wipeSecrets } from './secrets.ts'
import { createVault } from './vault.ts'
import { type Identity, readVault, type VaultFile, writeVault } from './vault-file.ts'
import type { ImportSource, WalletStatus } from './wallet.ts'

export interface Creation {
  readonly source: ImportSource
  readonly password: string
  readonly phraseChecked: boolean
}

/** Throws ChatError 'invalid-body' with `problem`: a password's, an import's, 'wallet-exists' or 'wallet-damaged'. */
export async function createFrom(context: Context, creation: Creation): Promise<WalletStatus> {
  requireGoodPassword(context, creation.password)
  const imported = await context.tools().readImport(creation.source)
  try {
    return await context.queue.run(() => store(context, creation, imported))
  } finally {
    wipeSecrets(imported.secrets)
  }
}

export function requireGoodPassword(context: Context, password: string): void {
  const problem = context.tools().findPasswordProblem(password)
  if (problem !== null) throw new ChatError('invalid-body', { problem })
}

async function store(context: Context, creation: Creation, imported: Imported): Promise<WalletStatus> {
  const loaded = await context.copies.load()
  if (loaded.kind === 'found') throw new ChatError('invalid-body', { problem: 'wallet-exists' })
  if (loaded.kind === 'damaged') throw new ChatError('invalid-body', { problem: 'wallet-damaged' })
  const phraseChecked = creation.phraseChecked || !imported.identity.hasPhrase
  const { file, dataKey } = await createVault({ ...imported, phraseChecked }, creation.password, {
    ...context.tools(),
    random: context.ports.random,
  })
  try {
    await context.copies.save(file)
    // Made and kept, and locked where its deadline could not be noted.
    await beginUnlocked(context, file.id, dataKey).catch((error: unknown) => {
      if (!isChatError(error)) throw error
    })
  } finally {
    wipe(dataKey)
  }
  return emit(context)
}

/** The newest readable vault, as it lies in the stores; null where there is none. */
export async function exportVaultBytes(context: Context): Promise<Uint8Array | null> {
  const loaded = await context.copies.load()
  return loaded.kind === 'found' ? writeVault(loaded.file) : null
}

/** Throws ChatError 'invalid-body' with `problem`: 'vault-unreadable', 'another-wallet' or 'wallet-damaged'. */
export async function importVaultBytes(
  context: Context,
  bytes: Uint8Array,
  replace: boolean,
): Promise<WalletStatus> {
  const file = await readVault(copyBytes(bytes))
  if (file === null) throw new ChatError('invalid-body', { problem: 'vault-unreadable' })
  return context.queue.run(() => storeImported(context, file, replace))
}

async function storeImported(context: Context, file: VaultFile, replace: boolean): Promise<WalletStatus> {
  const loaded = await context.copies.load()
  if (!replace) {
    if (loaded.kind === 'damaged') throw new ChatError('invalid-body', { problem: 'wallet-damaged' })
    if (loaded.kind === 'found') {
      if (!isSameWallet(loaded.file.identity, file.identity)) {
        throw new ChatError('invalid-body', { problem: 'another-wallet' })
      }
      return emit(context)
    }
  }
  const revision = loaded.kind === 'found' ? loaded.file.revision + 1 : file.revision
  await lockNow(context)
  await context.copies.save({ ...file, revision })
  return emit(context)
}

/** The same accounts; the passwords may differ. */
export function isSameWallet(a: Identity, b: Identity): boolean {
  return a.addresses.evm === b.addresses.evm && a.addresses.solana === b.addresses.solana
}

export function resetWallet(context: Context): Promise<void> {
  return context.queue.run(async () => {
    // Wiped even where the guard cannot be told: whoever resets clears the guard's books next.
    await lockNow(context).catch((error: unknown) => {
      if (!isChatError(error)) throw error
    })
    await context.copies.erase()
    await context.backOff.clear()
    await emit(context)
  })
}
