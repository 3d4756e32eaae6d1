/** The life of a payment, step by step, as the ledger has it. */
import type { ChainCheck } from '../../domain/payment.ts'
import type { HistoryRowView } from '../../protocol/ui-views.ts'
import { t } from '../words.ts'
import { exactText } from './money.ts'
import { formatMoment } from './time.ts'

export interface LifeStep {
  readonly title: string
  readonly note: string | null
  /** Unix ms; null: no moment of its own. */
  readonly atMs: number | null
  readonly state: 'done' | 'current' | 'failed'
}

/** What has happened so far, and what is being waited for. */
export function lifeOf(row: HistoryRowView, nowMs: number): readonly LifeStep[] {
  const { payment } = row
  const steps: LifeStep[] = [
    {
      title: t('life.reserved'),
      note: t('life.reservedNote', { amount: exactText(payment.maximum, row.currency) }),
      atMs: payment.reservedAtMs,
      state: 'done',
    },
  ]
  if (payment.presentedAtMs !== null) {
    steps.push({
      title: t('life.presented'),
      note: t('life.presentedNote', { gateway: row.gatewayName }),
      atMs: payment.presentedAtMs,
      state: 'done',
    })
    steps.push(answerStep(row))
  }
  steps.push(endStep(row, nowMs))
  return steps
}

function answerStep(row: HistoryRowView): LifeStep {
  switch (row.answer) {
    case 'paying':
      return { title: t('life.paying'), note: null, atMs: null, state: 'current' }
    case 'streaming':
      return { title: t('life.streaming'), note: null, atMs: null, state: 'current' }
    case 'answered':
      return { title: t('life.answered'), note: null, atMs: row.finishedAtMs, state: 'done' }
    case 'failed':
      return { title: t('life.failed'), note: null, atMs: row.finishedAtMs, state: 'failed' }
  }
}

function endStep(row: HistoryRowView, nowMs: number): LifeStep {
  const { payment } = row
  switch (payment.state) {
    case 'settled': {
      const amount = exactText(payment.charged ?? '0', row.currency)
      return payment.settledBy === 'chain'
        ? {
            title: t('life.confirmed', { amount }),
            note: findingWords(payment.check),
            atMs: payment.endedAtMs,
            state: 'done',
          }
        : {
            title: t('life.reported', { amount, gateway: row.gatewayName }),
            note: t('life.reportedNote'),
            atMs: payment.endedAtMs,
            state: 'current',
          }
    }
    case 'released':
      return {
        title: t('life.released'),
        note: findingWords(payment.check),
        atMs: payment.endedAtMs,
        state: 'done',
      }
    case 'reserved':
      return { title: t('life.notSent'), note: null, atMs: null, state: 'current' }
    case 'presented':
      return {
        title:
          payment.holdUntilMs === null
            ? t('life.waiting')
            : t('life.waitingUntil', { time: formatMoment(payment.holdUntilMs, nowMs) }),
        note: findingWords(payment.check),
        atMs: null,
        state: 'current',
      }
  }
}

/** What the chain was last seen to say. */
function findingWords(check: ChainCheck | null): string | null {
  switch (check?.finding) {
    case undefined:
      return null
    case 'not-used-yet':
      return t('life.finding.notUsedYet')
    case 'window-open':
      return t('life.finding.windowOpen')
    case 'used-transfer-found':
      return t('life.finding.usedTransferFound')
    case 'used-cancelled':
      return t('life.finding.usedCancelled')
    case 'used-transfer-missing':
      return t('life.finding.usedTransferMissing')
    case 'expired-unused':
      return t('life.finding.expiredUnused')
    case 'rpc-disagree':
      return t('life.finding.rpcDisagree')
    case 'rpc-failed':
      return t('life.finding.rpcFailed')
  }
}
