import type { ComponentChildren } from 'preact'
import type { Cause, Charged } from '../../../domain/errors.ts'
import { plainText } from '../../../domain/plain-text.ts'
import { isWholeSummary } from '../../../protocol/chat-context.ts'
import type { AnswerMessage } from '../../../protocol/chat-views.ts'
import type { HistoryRowView } from '../../../protocol/ui-views.ts'
import { Notice } from '../../components/notice.tsx'
import { Spinner } from '../../components/spinner.tsx'
import { causeWords, chargedWords, type ErrorWords } from '../../format/error-words.ts'
import { whyCharged } from '../../format/history-words.ts'
import { t, tCode } from '../../words.ts'
import { isRunning } from './conversation-state.ts'

interface AnswerProgressProps {
  readonly answer: AnswerMessage
  readonly row: HistoryRowView | null
  readonly nowMs: number
  /** An approval is open: the person is asked there. */
  readonly approvalOpen: boolean
}

/** Where an answer stands, or how it ended where it did not end well; always with whether money moved. */
export function AnswerProgressLine(props: AnswerProgressProps): ComponentChildren {
  return (
    <>
      {progressLine(props)}
      <SummaryNote answer={props.answer} />
    </>
  )
}

/** A summary that was cut off, held back or stopped stands for nothing: nobody may think that it does. */
function SummaryNote({ answer }: Pick<AnswerProgressProps, 'answer'>) {
  if (answer.purpose !== 'summary' || isRunning(answer) || isWholeSummary(answer)) return null
  const cut = answer.progress.kind === 'done' && answer.progress.finish === 'length'
  return (
    <p class="answer-note">
      {t('chat.context.notSummedUp')} {cut && t('chat.context.longerSummary')}
    </p>
  )
}

function progressLine({ answer, row, nowMs, approvalOpen }: AnswerProgressProps): ComponentChildren {
  const { progress } = answer
  switch (progress.kind) {
    case 'waiting':
      return (
        <p class="answer-state">
          <Spinner label={approvalOpen ? t('chat.progress.approval') : t('chat.progress.waiting')} />
        </p>
      )
    case 'streaming':
      return answer.text === '' && answer.reasoning === '' ? (
        <p class="answer-state">
          <Spinner label={t('chat.progress.streaming')} />
        </p>
      ) : null
    case 'done':
      return doneNote(progress.finish, answer)
    case 'stopped':
      return (
        <p class="answer-note">
          {t('chat.progress.stopped')} {moneyWords(row, progress.charged, nowMs)}
        </p>
      )
    case 'interrupted':
      return (
        <Notice tone="held" role="status">
          {t('chat.progress.interrupted')} {moneyWords(row, progress.charged, nowMs)}
        </Notice>
      )
    case 'failed':
      return (
        <Notice tone="danger" role="status" title={panelCauseWords(progress.cause).what}>
          <div class="stack-tight">
            {progress.facts.said !== undefined && (
              <p>
                <bdi>{t('chat.said', { words: plainText(progress.facts.said, 200) })}</bdi>
              </p>
            )}
            <p>
              {moneyWords(row, progress.charged, nowMs)} {panelCauseWords(progress.cause).todo}
            </p>
          </div>
        </Notice>
      )
  }
}

function doneNote(finish: string | null, answer: AnswerMessage): ComponentChildren {
  if (finish === 'length') return <p class="answer-note answer-cut">{t('chat.progress.cutOff')}</p>
  if (finish === 'content_filter') return <p class="answer-note answer-cut">{t('chat.progress.filtered')}</p>
  if (answer.text === '' && answer.toolCalls.length === 0)
    return <p class="answer-note">{t('chat.progress.noText')}</p>
  return null
}

/** The books know better than the moment at which it ended. */
function moneyWords(row: HistoryRowView | null, charged: Charged, nowMs: number): string {
  return row ? whyCharged(row, nowMs) : chargedWords(charged)
}

/** Causes whose words for pages would mislead in the panel. */
const OWN_WORDS: ReadonlySet<string> = new Set<Cause>([
  'person-rejected',
  'approval-timeout',
  'site-paused',
  'site-blocked',
  'over-budget',
  'invalid-body',
  'unsupported-parameter',
  'already-pending',
  'aborted',
])

/** What happened and what to do, as said in the panel. */
export function panelCauseWords(cause: string): ErrorWords {
  if (!OWN_WORDS.has(cause)) return causeWords(cause)
  return { what: tCode('chat.cause', cause, 'what'), todo: tCode('chat.cause', cause, 'todo') }
}
