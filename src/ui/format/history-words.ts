/** A request and its payment in words: what it cost, what is on hold, and why. */
import type { HistoryRowView } from '../../protocol/ui-views.ts'
import { t } from '../words.ts'
import { exactText } from './money.ts'
import { formatMoment } from './time.ts'

/** Amount to show for a row, in atomic units: what it cost, what is on hold, or nothing. */
export function rowAmount(row: HistoryRowView): string {
  switch (row.money) {
    case 'settled':
      return row.cost ?? '0'
    case 'live':
      return row.held
    case 'released':
      return '0'
  }
}

/** Two or three words for a list: `confirmed`, `on hold until 14:32`, `not charged`. */
export function rowState(row: HistoryRowView, nowMs: number): string {
  switch (row.money) {
    case 'settled':
      if (row.settledBy === 'chain') return t('history.state.confirmed')
      return isSettledByChain(row) ? t('history.state.differs') : t('history.state.reported')
    case 'released':
      return t('history.state.notCharged')
    case 'live': {
      const { holdUntilMs } = row.payment
      if (row.answer === 'paying') return t('history.state.paying')
      if (holdUntilMs !== null && holdUntilMs > nowMs) {
        return t('history.state.heldUntil', { time: formatMoment(holdUntilMs, nowMs) })
      }
      return t('history.state.held')
    }
  }
}

/** One sentence for why money is, was or may be gone; its amounts exact, as the figure above it is rounded. */
export function whyCharged(row: HistoryRowView, nowMs: number): string {
  const say = (amount: string) => exactText(amount, row.currency)
  switch (row.money) {
    case 'settled':
      return settledSentence(row, say(row.cost ?? '0'))
    case 'released':
      return row.payment.presentedAtMs === null
        ? t('history.why.neverSent')
        : t('history.why.releasedByProof')
    case 'live':
      return liveSentence(row, say(row.held), nowMs)
  }
}

/** Whether the chain charged its session another sum than the gateway's words for its requests add up to. */
export function differsFromReport(row: HistoryRowView): boolean {
  if (row.reported === null || !isSettledByChain(row)) return false
  return row.settledBy !== 'chain' || row.cost !== row.reported
}

function isSettledByChain({ payment }: HistoryRowView): boolean {
  return payment.state === 'settled' && payment.settledBy === 'chain'
}

function settledSentence(row: HistoryRowView, amount: string): string {
  const gateway = row.gatewayName
  if (differsFromReport(row)) {
    const reported = exactText(row.reported ?? '0', row.currency)
    const charged = exactText(row.payment.charged ?? '0', row.currency)
    return t('history.why.sessionDiffers', { gateway, reported, charged })
  }
  if (row.answer === 'failed') {
    return row.settledBy === 'chain'
      ? t('history.why.paidFailedChain', { amount, gateway })
      : t('history.why.paidFailedGateway', { amount, gateway })
  }
  return row.settledBy === 'chain'
    ? t('history.why.paidChain', { amount, gateway })
    : t('history.why.paidGateway', { amount, gateway })
}

function liveSentence(row: HistoryRowView, amount: string, nowMs: number): string {
  const { payment } = row
  if (payment.state === 'reserved') return t('history.why.reserved', { amount })
  if (payment.scheme === 'upto') return t('history.why.session', { amount, gateway: row.gatewayName })
  if (row.answer === 'paying' || row.answer === 'streaming') return t('history.why.underWay', { amount })
  if (payment.check?.finding === 'rpc-failed') return t('history.why.chainUnreachable', { amount })
  if (payment.check?.finding === 'rpc-disagree') return t('history.why.chainDisagrees', { amount })
  if (payment.holdUntilMs === null) return t('history.why.waitingForChain', { amount })
  if (payment.holdUntilMs > nowMs) {
    return t('history.why.heldUntil', { amount, time: formatMoment(payment.holdUntilMs, nowMs) })
  }
  return t('history.why.proofDue', { amount })
}
