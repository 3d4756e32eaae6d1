import { grantPanel } from '../panel-grant.ts'
import { walletView } from '../views/wallet-view.ts'
import type { UiHandler } from './handler.ts'

/**
 * Forgets the wallet and everything that was spent from it; the schema demands the typed word. Locked first, so that
 * nothing is signed meanwhile; then whoever follows a transfer stops, so that nobody writes into the empty ledger.
 */
export const walletReset: UiHandler<'wallet.reset'> = async ({ wallet, ledger, transfers, forget }) => {
  await wallet.reset()
  await transfers.stop()
  await ledger.wipe()
  await forget()
  await grantPanel(ledger)
  return walletView(await wallet.status())
}
