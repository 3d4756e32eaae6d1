import type { HistoryRowView } from '../../../protocol/ui-views.ts'
import { Badge } from '../../components/badge.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { ExternalLink } from '../../components/external-link.tsx'
import { type Fact, FactList } from '../../components/fact-list.tsx'
import { Money } from '../../components/money.tsx'
import { explorerUrl } from '../../format/explorer.ts'
import { whyCharged } from '../../format/history-words.ts'
import { moneyText } from '../../format/money.ts'
import { networkName } from '../../format/network-name.ts'
import { formatDateTime } from '../../format/time.ts'
import { t } from '../../words.ts'
import { proofWords } from './proof-words.ts'

interface ReceiptDialogProps {
  readonly row: HistoryRowView
  readonly nowMs: number
  readonly onClose: () => void
}

/** One answer's proof and money in plain words, then every figure and hash. */
export function ReceiptDialog({ row, nowMs, onClose }: ReceiptDialogProps) {
  const proof = proofWords(row.proof)
  return (
    <Dialog title={t('chat.details.title')} onClose={onClose}>
      <div class="stack-tight">
        <Badge tone={proof.tone}>{proof.short}</Badge>
        <p>{proof.means}</p>
        <p>{whyCharged(row, nowMs)}</p>
      </div>
      <FactList facts={[...moneyFacts(row), ...answerFacts(row), ...proofFacts(row)]} />
    </Dialog>
  )
}

function moneyFacts(row: HistoryRowView): readonly (Fact | null)[] {
  const { currency, expected, max, cost, payment } = row
  const most = moneyText(max, currency, { rounding: 'up' })
  return [
    {
      name: t('chat.details.quoted'),
      value:
        expected === null
          ? t('chat.details.quotedMax', { max: most })
          : t('chat.details.quotedValue', { expected: moneyText(expected, currency), max: most }),
    },
    cost === null
      ? null
      : { name: t('chat.details.charged'), value: <Money amount={cost} currency={currency} /> },
    { name: t('chat.details.network'), value: networkName(payment.network) },
    payment.transaction === null
      ? null
      : {
          name: t('chat.details.transaction'),
          value: (
            <ExternalLink href={explorerUrl(payment.network, 'tx', payment.transaction)}>
              <span class="mono small">{payment.transaction}</span>
            </ExternalLink>
          ),
        },
  ]
}

function answerFacts(row: HistoryRowView): readonly (Fact | null)[] {
  const { usage } = row
  const count = (tokens: number) => new Intl.NumberFormat().format(tokens)
  return [
    { name: t('chat.details.model'), value: <bdi>{row.model}</bdi> },
    { name: t('chat.details.gateway'), value: row.gatewayName },
    usage && {
      name: t('chat.details.tokens'),
      value: t('chat.details.tokensValue', {
        input: count(usage.promptTokens),
        output: count(usage.completionTokens),
      }),
    },
    { name: t('chat.details.asked'), value: formatDateTime(row.createdAtMs) },
  ]
}

function proofFacts({ proof, settlement }: HistoryRowView): readonly (Fact | null)[] {
  const reference = settlement?.reference ?? null
  return [
    ...(proof.kind === 'tee'
      ? [
          hashFact(t('chat.details.teeId'), proof.teeId),
          hashFact(t('chat.details.requestHash'), proof.requestHash),
          hashFact(t('chat.details.outputHash'), proof.outputHash),
          { name: t('chat.details.signedAt'), value: formatDateTime(proof.timestamp * 1000) },
        ]
      : []),
    proof.kind === 'ambient' && proof.merkleRoot !== null
      ? hashFact(t('chat.details.merkleRoot'), proof.merkleRoot)
      : null,
    reference === null ? null : hashFact(t('chat.details.settlement'), reference),
  ]
}

function hashFact(name: string, hash: string): Fact {
  return {
    name,
    value: (
      <span class="hash-value">
        <code dir="ltr">{hash}</code>
        <CopyButton text={hash} label={t('address.copy', { name })} />
      </span>
    ),
  }
}
