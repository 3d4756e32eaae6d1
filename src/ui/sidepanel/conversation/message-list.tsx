import { useEffect, useRef, useState } from 'preact/hooks'
import { messagesInContext } from '../../../protocol/chat-context.ts'
import type { ConversationView } from '../../../protocol/chat-views.ts'
import { Button } from '../../components/button.tsx'
import { t, tCount } from '../../words.ts'
import { Answer, type AnswerProps } from './answer.tsx'
import type { GrowingAnswer } from './growing-answer.ts'
import { Question, type QuestionProps } from './question.tsx'
import type { Receipts } from './use-receipts.ts'

type MessageActions = Pick<QuestionProps, 'onEdit' | 'onResend' | 'onDelete'> &
  Pick<AnswerProps, 'onRetry' | 'onReceipt'>

export interface MessageListProps extends MessageActions {
  readonly conversation: ConversationView
  readonly growing: GrowingAnswer
  readonly receipts: Receipts
  readonly nowMs: number
  readonly canAsk: boolean
  readonly approvalOpen: boolean
  /** The question being edited. */
  readonly editing: string | null
  readonly onSendAll: () => void
}

/** Messages in sight at first; more come a task at a time, and at a click, so that no conversation is a long task. */
const FIRST = 6
const AT_ONCE = 30

/** The messages, newest at the end. Of a long conversation the newest; earlier ones on demand. */
export function MessageList(props: MessageListProps) {
  const { conversation } = props
  const { messages } = conversation
  const { from, showMore } = useWindow(conversation.id, messages.length)
  const firstSent = messagesInContext(conversation)[0]?.id
  const shown = messages.slice(from)
  return (
    <div class="messages">
      {from > 0 && (
        <Button kind="quiet" size="s" onClick={showMore}>
          {tCount('chat.earlier', from)}
        </Button>
      )}
      {shown.map((message, index) => (
        <div key={message.id} class="message">
          {message.id === firstSent && from + index > 0 && <NotSentAbove {...props} />}
          {message.role === 'user' ? (
            <Question
              question={message}
              editing={props.editing === message.id}
              canAsk={props.canAsk}
              onEdit={props.onEdit}
              onResend={props.onResend}
              onDelete={props.onDelete}
            />
          ) : (
            <Answer
              answer={message}
              growing={props.growing}
              row={(message.requestId !== null && props.receipts.get(message.requestId)) || null}
              nowMs={props.nowMs}
              canAsk={props.canAsk}
              isLast={from + index === messages.length - 1}
              approvalOpen={props.approvalOpen}
              onRetry={props.onRetry}
              onDelete={props.onDelete}
              onReceipt={props.onReceipt}
            />
          )}
        </div>
      ))}
    </div>
  )
}

function NotSentAbove({ conversation, onSendAll }: MessageListProps) {
  const first = messagesInContext(conversation)[0]
  const summed = first?.role === 'answer' && first.purpose === 'summary'
  return (
    <p class="not-sent">
      <span>{summed ? t('chat.context.summedUpAbove') : t('chat.context.droppedAbove')}</span>
      {!summed && (
        <Button kind="quiet" size="s" onClick={onSendAll}>
          {t('chat.context.sendAll')}
        </Button>
      )}
    </p>
  )
}

/** Which messages are rendered: a few at once, soon some more, the rest when asked for. */
function useWindow(id: string, length: number): { readonly from: number; readonly showMore: () => void } {
  const [state, setState] = useState({ id, shown: FIRST, base: length })
  const current = state.id === id ? state : { id, shown: FIRST, base: length }
  const latest = useRef(current)
  latest.current = current
  useEffect(() => {
    if (current.shown >= AT_ONCE || current.shown >= length) return
    const timer = setTimeout(() => setState({ ...latest.current, shown: current.shown + FIRST }), 16)
    return () => clearTimeout(timer)
  }, [current.id, current.shown, length])
  // What is new is always in sight.
  const fresh = Math.max(0, length - current.base)
  return {
    from: Math.max(0, length - current.shown - fresh),
    showMore: () => setState({ ...current, shown: current.shown + AT_ONCE }),
  }
}
