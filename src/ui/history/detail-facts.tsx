import type { HistoryRowView } from '../../protocol/ui-views.ts'
import { ExternalLink } from '../components/external-link.tsx'
import { type Fact, FactList } from '../components/fact-list.tsx'
import { Money } from '../components/money.tsx'
import { formatCount } from '../format/count.ts'
import { explorerUrl } from '../format/explorer.ts'
import { differsFromReport } from '../format/history-words.ts'
import { networkName } from '../format/network-name.ts'
import { settlementWords } from '../format/settlement-words.ts'
import { shortAddress } from '../format/short-address.ts'
import { t } from '../words.ts'

/** Figures, parties and ids of a request and its payment. */
export function DetailFacts({ row }: { row: HistoryRowView }) {
  return <FactList facts={[...moneyFacts(row), ...partyFacts(row), ...usageFacts(row)]} />
}

function moneyFacts(row: HistoryRowView): readonly (Fact | null)[] {
  const money = (amount: string, rounding: 'nearest' | 'up' = 'nearest') => (
    <Money amount={amount} currency={row.currency} rounding={rounding} />
  )
  return [
    {
      name: t('history.quoted'),
      value: row.expected === null ? t('approval.expectedUnknown') : money(row.expected),
      note: (
        <>
          {t('approval.atMost')} {money(row.max, 'up')}
        </>
      ),
    },
    { name: t('history.charged'), value: row.cost === null ? t('history.nothingYet') : money(row.cost) },
    ...(differsFromReport(row)
      ? [
          { name: t('history.reported'), value: money(row.reported ?? '0') },
          { name: t('history.sessionCharged'), value: money(row.payment.charged ?? '0') },
        ]
      : []),
    row.money === 'live' ? { name: t('history.onHold'), value: money(row.held) } : null,
    row.outsideBudget ? { name: t('history.budget'), value: t('history.outsideBudget') } : null,
  ]
}

function partyFacts(row: HistoryRowView): readonly (Fact | null)[] {
  const { payment } = row
  const link = (kind: 'tx' | 'address', id: string) => (
    <ExternalLink href={explorerUrl(payment.network, kind, id)}>
      <code title={id}>{shortAddress(id)}</code>
    </ExternalLink>
  )
  return [
    { name: t('approval.model'), value: <bdi>{row.model}</bdi> },
    { name: t('history.gateway'), value: <bdi>{row.gatewayName}</bdi> },
    { name: t('approval.network'), value: networkName(payment.network) },
    { name: t('approval.payee'), value: link('address', payment.payTo) },
    { name: t('history.paidFrom'), value: link('address', payment.account) },
    payment.transaction === null
      ? null
      : { name: t('history.transaction'), value: link('tx', payment.transaction) },
    {
      name: t('history.scheme'),
      value: payment.scheme,
      note: payment.scheme === 'upto' ? t('history.schemeUpto') : t('history.schemeExact'),
    },
    row.settlement === null
      ? null
      : {
          name: t('approval.onChain'),
          value: settlementWords(row.settlement.mode),
          note: row.settlement.reference && <code class="address-text">{row.settlement.reference}</code>,
        },
  ]
}

function usageFacts(row: HistoryRowView): readonly (Fact | null)[] {
  const tokens = (count: number) => t('approval.tokens', { count: formatCount(count) })
  return [
    row.usage && { name: t('approval.question'), value: tokens(row.usage.promptTokens) },
    row.usage && { name: t('history.answer'), value: tokens(row.usage.completionTokens) },
    { name: t('history.requestId'), value: <code class="address-text">{row.id}</code> },
    { name: t('history.paymentId'), value: <code class="address-text">{row.payment.id}</code> },
  ]
}
