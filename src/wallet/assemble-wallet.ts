import { ChatError } from '../domain/errors.ts'
import { type Context, createContext, lockUnusable, type WalletDeps } from './context.ts'
import { createFrom, exportVaultBytes, importVaultBytes, resetWallet } from './creation.ts'
import { changePassword, checkPassword, lock, markPhraseChecked, reveal, unlock } from './opening.ts'
import { readStatus } from './status.ts'
import type { EvmSigner, SolanaSigner, Wallet, WalletStatus } from './wallet.ts'
import { warmUp } from './warm.ts'

/** The wallet over its stores. A second one over the same stores (the worker came back) goes on where the first stopped. */
export function assembleWallet(deps: WalletDeps): Wallet {
  const context = createContext(deps)
  return {
    status: () => currentStatus(context),
    newPhrase: () => context.tools().newPhrase(deps.random),
    create: (source, password, options) => createFrom(context, { source, password, ...options }),
    unlock: (password) => unlock(context, password),
    lock: () => lock(context),
    checkPassword: (password) => checkPassword(context, password),
    changePassword: (oldPassword, newPassword) => changePassword(context, oldPassword, newPassword),
    markPhraseChecked: () => markPhraseChecked(context),
    reveal: (password, what) => reveal(context, password, what),
    reset: () => resetWallet(context),
    evmSigner: () => requireEvmSigner(context, deps.evmSigning),
    solanaSigner: () => requireSolanaSigner(context, deps.solanaSigning),
    warm: () => warmUp(context.keyring, deps.evmSigning),
    exportVault: () => exportVaultBytes(context),
    importVault: (bytes, options) => importVaultBytes(context, bytes, options.replace),
    onChange(listener) {
      context.listeners.add(listener)
      return () => {
        context.listeners.delete(listener)
      }
    },
  }
}

async function currentStatus(context: Context): Promise<WalletStatus> {
  const read = await context.unlocked.read()
  if (read.kind === 'expired') await context.queue.run(() => lockUnusable(context, null))
  return readStatus(context)
}

async function requireEvmSigner(context: Context, code: WalletDeps['evmSigning']): Promise<EvmSigner> {
  await context.ready()
  const { addresses } = await context.keyring.require()
  if (addresses.evm === null) throw new ChatError('wallet-missing', { problem: 'no-evm-account' })
  return code().createEvmSigner(addresses.evm, context.keyring)
}

async function requireSolanaSigner(
  context: Context,
  code: WalletDeps['solanaSigning'],
): Promise<SolanaSigner> {
  await context.ready()
  const { addresses } = await context.keyring.require()
  if (addresses.solana === null) throw new ChatError('wallet-missing', { problem: 'no-solana-account' })
  return code().createSolanaSigner(addresses.solana, context.keyring)
}
