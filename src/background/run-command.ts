import type { Wallet } from '../wallet/wallet.ts'
import { type FreezeDeps, freeze } from './freeze.ts'

/** A keyboard shortcut of the browser's; those that open something are the shell's. */
export async function runCommand(
  command: string,
  deps: FreezeDeps & { readonly wallet: Pick<Wallet, 'lock'> },
): Promise<void> {
  if (command === 'lock') await deps.wallet.lock()
  if (command === 'freeze') await freeze(deps)
}
