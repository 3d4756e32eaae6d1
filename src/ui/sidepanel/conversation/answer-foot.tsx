import { ReceiptText, RotateCcw, ShieldAlert, ShieldCheck, ShieldQuestionMark, Trash2 } from 'lucide-preact'
import type { AnswerMessage } from '../../../protocol/chat-views.ts'
import type { HistoryRowView } from '../../../protocol/ui-views.ts'
import { Badge, type Tone } from '../../components/badge.tsx'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import type { IconType } from '../../components/icon.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { Money } from '../../components/money.tsx'
import { rowAmount, rowState } from '../../format/history-words.ts'
import { t } from '../../words.ts'
import { proofWords } from './proof-words.ts'

export interface AnswerActions {
  readonly onRetry: (messageId: string) => void
  readonly onDelete: (messageId: string) => void
  readonly onReceipt: (requestId: string) => void
}

interface AnswerFootProps extends AnswerActions {
  readonly answer: AnswerMessage
  readonly row: HistoryRowView | null
  readonly nowMs: number
  /** Nothing may be asked now: an answer is on its way, or the wallet cannot pay. */
  readonly canAsk: boolean
  /** It is the newest message: a retry takes nothing else away. */
  readonly isLast: boolean
}

/** What an answer cost and proves, and what can be done with it. */
export function AnswerFoot({ answer, row, nowMs, canAsk, isLast, ...actions }: AnswerFootProps) {
  return (
    <footer class="answer-foot">
      {row && <ProofButton row={row} nowMs={nowMs} onClick={() => actions.onReceipt(row.id)} />}
      <span class="answer-actions">
        {answer.text !== '' && <CopyButton text={answer.text} label={t('chat.action.copy')} />}
        <RetryButton answer={answer} canAsk={canAsk} isLast={isLast} onRetry={actions.onRetry} />
        <IconButton
          icon={Trash2}
          label={t('chat.action.delete')}
          onClick={() => actions.onDelete(answer.id)}
        />
      </span>
    </footer>
  )
}

type RetryButtonProps = Pick<AnswerFootProps, 'answer' | 'canAsk' | 'isLast' | 'onRetry'>

/** Asks again, and says that it costs again. In words where the answer did not end well. */
function RetryButton({ answer, canAsk, isLast, onRetry }: RetryButtonProps) {
  const hint = isLast ? t('chat.action.retryMeans') : t('chat.action.retryAfter')
  const retry = () => onRetry(answer.id)
  if (answer.progress.kind === 'done') {
    return (
      <IconButton
        icon={RotateCcw}
        label={t('chat.action.retry')}
        hint={hint}
        disabled={!canAsk}
        onClick={retry}
      />
    )
  }
  return (
    <span class="retry">
      <Button size="s" icon={RotateCcw} disabled={!canAsk} onClick={retry}>
        {t('chat.action.retry')}
      </Button>
      <span class="soft small">{t('chat.action.retryPrice')}</span>
    </span>
  )
}

const ICONS: Readonly<Record<Tone, IconType>> = {
  plain: ReceiptText,
  good: ShieldCheck,
  held: ShieldQuestionMark,
  danger: ShieldAlert,
}

function ProofButton({ row, nowMs, onClick }: { row: HistoryRowView; nowMs: number; onClick: () => void }) {
  const proof = proofWords(row.proof)
  return (
    <button type="button" class="proof-button" title={t('chat.action.details')} onClick={onClick}>
      <Badge tone={proof.tone} icon={ICONS[proof.tone]}>
        {proof.short}
      </Badge>
      {row.money === 'released' ? (
        <span>{t('history.state.notCharged')}</span>
      ) : (
        <span>
          <Money
            amount={rowAmount(row)}
            currency={row.currency}
            rounding={row.money === 'live' ? 'up' : 'nearest'}
          />
          {row.money === 'live' && <span class="answer-held"> {rowState(row, nowMs)}</span>}
        </span>
      )}
    </button>
  )
}
