import { walletView } from '../views/wallet-view.ts'
import type { UiHandler } from './handler.ts'

/** Addresses and lock state; known without unlocking. */
export const walletStatus: UiHandler<'wallet.status'> = async ({ wallet }) =>
  walletView(await wallet.status())
