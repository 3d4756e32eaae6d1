import { Wrench } from 'lucide-preact'
import type { AnswerMessage } from '../../../protocol/chat-views.ts'
import type { HistoryRowView } from '../../../protocol/ui-views.ts'
import { Disclosure } from '../../components/disclosure.tsx'
import { Icon } from '../../components/icon.tsx'
import { t } from '../../words.ts'
import { Markdown } from '../markdown/markdown.tsx'
import { memo } from '../markdown/memo.ts'
import { type AnswerActions, AnswerFoot } from './answer-foot.tsx'
import { AnswerProgressLine } from './answer-progress.tsx'
import { isRunning } from './conversation-state.ts'
import { type GrowingAnswer, useLatestAnswer } from './growing-answer.ts'
import { Reasoning } from './reasoning.tsx'

export interface AnswerProps extends AnswerActions {
  readonly answer: AnswerMessage
  readonly growing: GrowingAnswer
  readonly row: HistoryRowView | null
  readonly nowMs: number
  readonly canAsk: boolean
  readonly isLast: boolean
  readonly approvalOpen: boolean
}

/** One answer: its reasoning folded, the tools it named, its text, how it ended, its proof and price. */
export const Answer = memo((props: AnswerProps) => {
  const { row, nowMs } = props
  const running = isRunning(props.answer)
  const answer = useLatestAnswer(props.growing, props.answer, running)
  return (
    <article class={`answer${answer.purpose === 'summary' ? ' answer-summary' : ''}`} aria-busy={running}>
      <h2 class={answer.purpose === 'summary' ? 'answer-label' : 'visually-hidden'}>
        {answer.purpose === 'summary' ? t('chat.summary') : t('chat.answer')}
      </h2>
      {answer.reasoning !== '' && (
        <Reasoning text={answer.reasoning} thinking={running && answer.text === ''} />
      )}
      {answer.toolCalls.map((call, index) => (
        <div key={`${index} ${call.name}`} class="tool-call">
          <Disclosure
            summary={
              <>
                <Icon of={Wrench} size="1em" /> {t('chat.progress.tool', { name: call.name || '?' })}
              </>
            }
          >
            <pre class="plain-code">{call.arguments}</pre>
          </Disclosure>
        </div>
      ))}
      {answer.text !== '' && <Markdown text={answer.text} whole={!running} />}
      <AnswerProgressLine answer={answer} row={row} nowMs={nowMs} approvalOpen={props.approvalOpen} />
      {!running && (
        <AnswerFoot
          answer={answer}
          row={row}
          nowMs={nowMs}
          canAsk={props.canAsk}
          isLast={props.isLast}
          onRetry={props.onRetry}
          onDelete={props.onDelete}
          onReceipt={props.onReceipt}
        />
      )}
    </article>
  )
})
