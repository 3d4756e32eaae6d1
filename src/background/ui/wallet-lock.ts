import { walletView } from '../views/wallet-view.ts'
import type { UiHandler } from './handler.ts'

/** Locks at once: the unlocked state is wiped, nothing is signed any more. */
export const walletLock: UiHandler<'wallet.lock'> = async ({ wallet }) => {
  await wallet.lock()
  return walletView(await wallet.status())
}
