import { Send } from 'lucide-preact'
import type { TransferView } from '../../protocol/ui-views.ts'
import { LoadFailed } from '../app/load-failed.tsx'
import { Screen } from '../app/screen.tsx'
import { useNow } from '../app/use-now.ts'
import { routeTo } from '../app/use-route.ts'
import { Age } from '../components/age.tsx'
import { Badge, type Tone } from '../components/badge.tsx'
import { EmptyState } from '../components/empty-state.tsx'
import { LinkButton } from '../components/link-button.tsx'
import { List, ListRow } from '../components/list.tsx'
import { Spinner } from '../components/spinner.tsx'
import { networkName } from '../format/network-name.ts'
import { shortAddress } from '../format/short-address.ts'
import { t } from '../words.ts'
import { failureWords, transferState, transferTitle } from './transfer-words.ts'
import { UnitAmount } from './unit-amount.tsx'
import { useTransfers } from './use-transfers.ts'

/** Money sent out and allowances: outside every budget, each by the password. */
export function TransfersScreen() {
  const nowMs = useNow()
  const { transfers, error, reload } = useTransfers()
  return (
    <Screen
      title={t('transfers.title')}
      back="#/"
      actions={
        <LinkButton size="s" icon={Send} href={routeTo('wallet', 'send')}>
          {t('send.title')}
        </LinkButton>
      }
    >
      {error !== null && <LoadFailed error={error} onRetry={reload} />}
      {transfers === null && error === null && <Spinner label={t('common.loading')} />}
      {transfers?.length === 0 && (
        <EmptyState icon={Send} title={t('transfers.none')}>
          {t('transfers.noneMeans')}
        </EmptyState>
      )}
      {transfers && transfers.length > 0 && (
        <div class="card">
          <List label={t('transfers.title')}>
            {transfers.map((transfer) => (
              <TransferRow key={transfer.id} transfer={transfer} nowMs={nowMs} />
            ))}
          </List>
        </div>
      )}
    </Screen>
  )
}

function TransferRow({ transfer, nowMs }: { transfer: TransferView; nowMs: number }) {
  return (
    <ListRow
      href={routeTo('wallet', 'transfers', transfer.id)}
      main={transferTitle(transfer)}
      sub={
        <>
          <bdi>{shortAddress(transfer.to)}</bdi> · {networkName(transfer.network)} ·{' '}
          <Age atMs={transfer.createdAtMs} nowMs={nowMs} />
        </>
      }
      end={<UnitAmount amount={transfer.amount} network={transfer.network} asset={transfer.asset} />}
      endSub={<Badge tone={toneOf(transfer.state)}>{transferState(transfer)}</Badge>}
      below={
        transfer.state === 'failed' && <span class="soft small">{failureWords(transfer.reason).what}</span>
      }
    />
  )
}

function toneOf(state: TransferView['state']): Tone {
  switch (state) {
    case 'signed':
    case 'sent':
      return 'held'
    case 'confirmed':
      return 'good'
    case 'failed':
      return 'danger'
  }
}
