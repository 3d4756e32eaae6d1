import type { Approvals } from '../inference/approvals.ts'
import type { Ledger } from '../ledger/ledger.ts'
import type { Wallet } from '../wallet/wallet.ts'

/** A keyboard shortcut of the browser's; those that open something are the shell's. */
export async function runCommand(
  command: string,
  {
    wallet,
    ledger,
    approvals,
  }: {
    readonly wallet: Pick<Wallet, 'lock'>
    readonly ledger: Pick<Ledger, 'setFrozen'>
    readonly approvals: Pick<Approvals, 'rejectAll'>
  },
): Promise<void> {
  if (command === 'lock') await wallet.lock()
  if (command !== 'freeze') return
  await ledger.setFrozen(true)
  approvals.rejectAll('frozen')
}
