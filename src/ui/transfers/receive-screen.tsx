import { Screen } from '../app/screen.tsx'
import { ReceivePage } from '../receive/receive-page.tsx'
import { t } from '../words.ts'
import { WithWallet } from './with-wallet.tsx'

/** The wallet's addresses, one network and one asset at a time. */
export function ReceiveScreen() {
  return (
    <Screen title={t('home.receive')} back="#/">
      <WithWallet>
        {(wallet) => <ReceivePage evm={wallet.evm} solana={wallet.solana} testNetwork />}
      </WithWallet>
    </Screen>
  )
}
