import { walletView } from '../views/wallet-view.ts'
import type { UiHandler } from './handler.ts'

/** The person has shown that the words are written down. */
export const walletMarkPhraseChecked: UiHandler<'wallet.markPhraseChecked'> = async ({ wallet }) => {
  await wallet.markPhraseChecked()
  return walletView(await wallet.status())
}
