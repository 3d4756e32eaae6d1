import type { TransferView } from '../../protocol/ui-views.ts'
import { Address } from '../components/address.tsx'
import { ExternalLink } from '../components/external-link.tsx'
import { FactList } from '../components/fact-list.tsx'
import { Notice } from '../components/notice.tsx'
import { type Step, Steps } from '../components/steps.tsx'
import { explorerUrl } from '../format/explorer.ts'
import { networkName } from '../format/network-name.ts'
import { shortAddress } from '../format/short-address.ts'
import { formatDateTime } from '../format/time.ts'
import { t } from '../words.ts'
import { ReplaceTransfer } from './replace-transfer.tsx'
import { failureWords, transferState, transferTitle } from './transfer-words.ts'
import { UnitAmount } from './unit-amount.tsx'

/** One transfer from its signature to its end, as the chain shows it. */
export function TransferLife({ transfer }: { transfer: TransferView }) {
  return (
    <div class="stack">
      {transfer.state !== 'failed' && <Steps label={t('transfers.life')} steps={lifeSteps(transfer.state)} />}
      <div role="status">
        <Outcome transfer={transfer} />
      </div>
      <ReplaceTransfer transfer={transfer} />
      <div class="card">
        <TransferFacts transfer={transfer} />
      </div>
    </div>
  )
}

function lifeSteps(state: 'signed' | 'sent' | 'confirmed'): readonly Step[] {
  const labels = [t('transfers.state.signed'), t('transfers.state.sent'), t('transfers.state.confirmed')]
  const reached = { signed: 0, sent: 1, confirmed: 2 }[state]
  return labels.map((label, index) => ({
    label,
    state: index < reached || state === 'confirmed' ? 'done' : index === reached ? 'current' : 'ahead',
  }))
}

function Outcome({ transfer }: { transfer: TransferView }) {
  switch (transfer.state) {
    case 'signed':
    case 'sent':
      return <Notice>{underWay(transfer)}</Notice>
    case 'confirmed':
      return <Notice tone="good">{t('transfers.means.confirmed')}</Notice>
    case 'failed': {
      const words = failureWords(transfer.reason)
      return (
        <Notice tone="danger" title={words.what}>
          {words.moved}
        </Notice>
      )
    }
  }
}

function underWay({ doing, state }: TransferView): string {
  if (doing === 'cancel') return t('transfers.means.cancelling')
  return state === 'sent' ? t('transfers.means.sent') : t('transfers.means.signed')
}

function TransferFacts({ transfer }: { transfer: TransferView }) {
  const { network, asset, kind } = transfer
  const to = kind === 'send' ? t('send.to') : t('send.spender')
  return (
    <FactList
      facts={[
        { name: t('transfers.what'), value: transferTitle(transfer), note: transferState(transfer) },
        {
          name: kind === 'send' ? t('send.amount') : t('send.allowance'),
          value: <UnitAmount amount={transfer.amount} network={network} asset={asset} full />,
        },
        { name: to, value: <Address address={transfer.to} name={to} /> },
        { name: t('send.network'), value: networkName(network) },
        transfer.fee === null
          ? null
          : {
              name: t('transfers.fee'),
              value: <UnitAmount amount={transfer.fee} network={network} asset="native" />,
            },
        { name: t('transfers.when'), value: formatDateTime(transfer.createdAtMs) },
        transfer.transaction === null
          ? null
          : {
              name: t('transfers.transaction'),
              value: (
                <ExternalLink href={explorerUrl(network, 'tx', transfer.transaction)}>
                  <code>{shortAddress(transfer.transaction)}</code>
                </ExternalLink>
              ),
            },
      ]}
    />
  )
}
