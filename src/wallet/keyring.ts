import { ChatError } from '../domain/errors.ts'
import { toBase64, wipe } from './bytes.ts'
import type { Copies } from './copies.ts'
import { importEd25519Key } from './import-ed25519-key.ts'
import type { Bytes } from './ports.ts'
import type { UnlockedRecord, UnlockedState } from './unlocked-state.ts'
import { openSecrets } from './vault.ts'
import type { VaultFile } from './vault-file.ts'
import type { Addresses } from './wallet.ts'

/** Keys in memory, for one unlock; wiped when the wallet locks. */
export interface OpenKeys {
  readonly addresses: Addresses
  /** Null where the wallet has none. Throws ChatError 'wallet-locked' once wiped. */
  evmKey(): Bytes | null
  /** Ed25519, not extractable. Throws ChatError 'wallet-locked' once wiped. */
  solanaKey(): CryptoKey | null
}

/** Keys for signers: asked anew for every signature, which reads the stored deadline every time. */
export interface Keyring {
  /** Throws ChatError: wallet-missing, wallet-locked, unlock-expired. */
  require(): Promise<OpenKeys>
  forget(): void
}

interface Held {
  readonly text: string
  readonly keys: Promise<OpenKeys>
  close(): void
}

export function createKeyring(deps: {
  readonly copies: Copies
  readonly unlocked: UnlockedState
  /** Locks, because the stored state is expired, or because this record (its text) does not open. */
  readonly onUnusable: (recordText: string | null) => Promise<void>
}): Keyring {
  let held: Held | null = null

  const forget = (): void => {
    held?.close()
    held = null
  }

  return {
    forget,
    async require() {
      const read = await deps.unlocked.read()
      if (read.kind === 'open') {
        if (held?.text !== read.record.text) {
          forget()
          held = hold(deps, read.record)
        }
        const mine = held
        try {
          return await mine.keys
        } catch (error) {
          if (held === mine) held = null
          throw error
        }
      }
      forget()
      if (read.kind === 'expired') {
        await deps.onUnusable(null)
        throw new ChatError('unlock-expired')
      }
      throw await whyLocked(deps.copies)
    },
  }
}

async function whyLocked(copies: Copies): Promise<ChatError> {
  const loaded = await copies.load()
  return new ChatError(loaded.kind === 'none' ? 'wallet-missing' : 'wallet-locked')
}

function hold(deps: Parameters<typeof createKeyring>[0], record: UnlockedRecord): Held {
  let isClosed = false
  let wipeKeys = (): void => undefined
  const requireOpen = (): void => {
    if (isClosed) throw new ChatError('wallet-locked')
  }
  async function load(): Promise<OpenKeys> {
    const opened = await openKeys(deps, record)
    if (opened === null) {
      await deps.onUnusable(record.text)
      throw await whyLocked(deps.copies)
    }
    wipeKeys = () => wipe(opened.evmKey)
    if (isClosed) wipeKeys()
    return {
      addresses: opened.addresses,
      evmKey() {
        requireOpen()
        return opened.evmKey
      },
      solanaKey() {
        requireOpen()
        return opened.solanaKey
      },
    }
  }
  return {
    text: record.text,
    keys: load(),
    close() {
      isClosed = true
      wipeKeys()
    },
  }
}

async function openKeys(
  deps: { readonly copies: Copies; readonly unlocked: UnlockedState },
  record: UnlockedRecord,
): Promise<{ addresses: Addresses; evmKey: Bytes | null; solanaKey: CryptoKey | null } | null> {
  const [loaded, dataKey] = await Promise.all([deps.copies.load(), deps.unlocked.openDataKey(record)])
  if (loaded.kind !== 'found' || dataKey === null) return null
  for (const file of filesOf(loaded, record.vaultId)) {
    const secrets = await openSecrets(file, dataKey)
    if (secrets === null) continue
    const solanaKey = secrets.solanaKey === null ? null : await importEd25519Key(secrets.solanaKey)
    wipe(dataKey, secrets.entropy, secrets.solanaKey)
    return { addresses: file.identity.addresses, evmKey: secrets.evmKey, solanaKey }
  }
  wipe(dataKey)
  return null
}

function filesOf(
  loaded: { readonly file: VaultFile; readonly twin: VaultFile | null },
  vaultId: string,
): readonly VaultFile[] {
  const files = loaded.twin === null ? [loaded.file] : [loaded.file, loaded.twin]
  return files.filter((file) => toBase64(file.id) === vaultId)
}
