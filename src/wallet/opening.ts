/** What needs the password, and locking again. */
import { ChatError } from '../domain/errors.ts'
import { toHex, wipe } from './bytes.ts'
import { beginUnlocked, type Context, emit, lockNow } from './context.ts'
import { requireGoodPassword } from './creation.ts'
import { type WalletSecrets, wipeSecrets } from './secrets.ts'
import { openSecrets, rewrapVault } from './vault.ts'
import { requirePassword, verifyPassword } from './verify-password.ts'
import type { UnlockResult } from './wallet.ts'
import type { WalletTools } from './wallet-tools.ts'

export type Revealable = 'phrase' | 'evm-key' | 'solana-key'

export function unlock(context: Context, password: string): Promise<UnlockResult> {
  return context.queue.run(async () => {
    const verified = await verifyPassword(context, password)
    if (verified.kind !== 'right') return verified
    const { file, dataKey } = verified.opened
    try {
      context.keyring.forget()
      const untilMs = await beginUnlocked(context, file.id, dataKey)
      await emit(context)
      return { kind: 'unlocked', untilMs }
    } finally {
      wipe(dataKey)
    }
  })
}

export function lock(context: Context): Promise<void> {
  context.keyring.forget()
  return context.queue.run(async () => {
    try {
      await lockNow(context)
    } finally {
      await emit(context)
    }
  })
}

export function checkPassword(context: Context, password: string): Promise<boolean> {
  return context.queue.run(async () => {
    const opened = await requirePassword(context, password)
    wipe(opened?.dataKey ?? null)
    return opened !== null
  })
}

/** Wraps the data key anew; secrets, accounts and an unlocked state stay as they are. */
export async function changePassword(context: Context, from: string, to: string): Promise<boolean> {
  requireGoodPassword(context, to)
  return context.queue.run(async () => {
    const opened = await requirePassword(context, from)
    if (opened === null) return false
    try {
      const file = await rewrapVault(opened, to, { ...context.tools(), random: context.ports.random })
      await context.copies.save({ ...file, revision: file.revision + 1 })
      return true
    } finally {
      wipe(opened.dataKey)
    }
  })
}

/** Null for a wrong password; ChatError 'invalid-body' with problem 'no-such-secret' where the wallet has none of it. */
export function reveal(context: Context, password: string, what: Revealable): Promise<string | null> {
  return context.queue.run(async () => {
    const opened = await requirePassword(context, password)
    if (opened === null) return null
    const secrets = await openSecrets(opened.file, opened.dataKey)
    wipe(opened.dataKey)
    if (secrets === null) throw new ChatError('wallet-missing', { problem: 'wallet-damaged' })
    try {
      const solanaAddress = opened.file.identity.addresses.solana
      const text = textOf(secrets, what, { solanaAddress, tools: context.tools() })
      if (text === null) throw new ChatError('invalid-body', { problem: 'no-such-secret' })
      return text
    } finally {
      wipeSecrets(secrets)
    }
  })
}

/** Phrase as words, EVM key as 0x + 64 hex, Solana key as base58 of private and public half (what other wallets import). */
function textOf(
  secrets: WalletSecrets,
  what: Revealable,
  given: { readonly solanaAddress: string | null; readonly tools: WalletTools },
): string | null {
  switch (what) {
    case 'phrase':
      return secrets.entropy && given.tools.phraseOf(secrets.entropy)
    case 'evm-key':
      return secrets.evmKey && toHex(secrets.evmKey)
    case 'solana-key':
      if (secrets.solanaKey === null || given.solanaAddress === null) return null
      return given.tools.formatSolanaKey(secrets.solanaKey, given.solanaAddress)
  }
}

/** Throws ChatError: wallet-missing; wallet-locked while the two copies contradict each other, which an unlock settles. */
export function markPhraseChecked(context: Context): Promise<void> {
  return context.queue.run(async () => {
    const loaded = await context.copies.load()
    if (loaded.kind !== 'found') throw new ChatError('wallet-missing')
    if (loaded.twin !== null) throw new ChatError('wallet-locked')
    const { file } = loaded
    if (file.phraseChecked) return
    await context.copies.save({ ...file, phraseChecked: true, revision: file.revision + 1 })
    await emit(context)
  })
}
