import type { BackOff } from './back-off.ts'
import { toBase64 } from './bytes.ts'
import type { Copies } from './copies.ts'
import type { UnlockedState } from './unlocked-state.ts'
import type { VaultFile } from './vault-file.ts'
import type { WalletStatus } from './wallet.ts'

/** How the wallet stands, by its stores alone. An expired unlock reads as locked. */
export async function readStatus(context: {
  readonly copies: Copies
  readonly unlocked: UnlockedState
  readonly backOff: BackOff
}): Promise<WalletStatus> {
  const [loaded, read, retryAtMs] = await Promise.all([
    context.copies.load(),
    context.unlocked.read(),
    context.backOff.peek(),
  ])
  if (loaded.kind !== 'found') return { kind: loaded.kind }
  const { file, twin } = loaded
  const shared = {
    addresses: file.identity.addresses,
    phraseChecked: file.phraseChecked,
    hasPhrase: file.identity.hasPhrase,
  }
  if (read.kind === 'open' && (isOf(file, read.record.vaultId) || isOf(twin, read.record.vaultId))) {
    return { kind: 'unlocked', ...shared, untilMs: read.record.untilMs }
  }
  return { kind: 'locked', ...shared, retryAtMs }
}

function isOf(file: VaultFile | null, vaultId: string): boolean {
  return file !== null && toBase64(file.id) === vaultId
}
