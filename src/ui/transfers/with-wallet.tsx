import type { ComponentChildren } from 'preact'
import type { WalletView } from '../../protocol/ui-views.ts'
import { LoadFailed } from '../app/load-failed.tsx'
import { latestOf, useResource } from '../app/use-resource.ts'
import { Spinner } from '../components/spinner.tsx'
import { DamagedWallet } from '../wallet/damaged-wallet.tsx'
import { NoWallet } from '../wallet/no-wallet.tsx'
import { t } from '../words.ts'

/** What needs a wallet, with its addresses; without one, the way to one. */
export function WithWallet({ children }: { children: (wallet: WalletView) => ComponentChildren }) {
  const [wallet, reload] = useResource('wallet.status', {}, { topics: ['wallet'] })
  const view = latestOf(wallet)
  if (!view) {
    return wallet.kind === 'failed' ? (
      <LoadFailed error={wallet.error} onRetry={reload} />
    ) : (
      <Spinner label={t('common.loading')} />
    )
  }
  if (view.kind === 'damaged') return <DamagedWallet />
  return <>{view.kind === 'none' ? <NoWallet>{t('errors.walletMissing.what')}</NoWallet> : children(view)}</>
}
