import { SearchX } from 'lucide-preact'
import { LoadFailed } from '../app/load-failed.tsx'
import { Screen } from '../app/screen.tsx'
import { routeTo } from '../app/use-route.ts'
import { EmptyState } from '../components/empty-state.tsx'
import { Spinner } from '../components/spinner.tsx'
import { t } from '../words.ts'
import { TransferLife } from './transfer-life.tsx'
import { transferTitle } from './transfer-words.ts'
import { useTransfers } from './use-transfers.ts'

/** One transfer, followed by the ledger's events. */
export function TransferScreen({ id }: { id: string }) {
  const { transfers, error, reload } = useTransfers()
  const transfer = transfers?.find((one) => one.id === id)
  return (
    <Screen
      title={transfer ? transferTitle(transfer) : t('transfers.title')}
      back={routeTo('wallet', 'transfers')}
    >
      {transfer ? (
        <TransferLife transfer={transfer} />
      ) : error ? (
        <LoadFailed error={error} onRetry={reload} />
      ) : transfers ? (
        <EmptyState icon={SearchX} title={t('transfers.notFound')} />
      ) : (
        <Spinner label={t('common.loading')} />
      )}
    </Screen>
  )
}
