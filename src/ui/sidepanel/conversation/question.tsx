import { Pencil, Trash2 } from 'lucide-preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { UserMessage } from '../../../protocol/chat-views.ts'
import { Button } from '../../components/button.tsx'
import { CopyButton } from '../../components/copy-button.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { t } from '../../words.ts'
import { AttachmentChip } from '../composer/attachment-chip.tsx'
import { memo } from '../markdown/memo.ts'

export interface QuestionProps {
  readonly question: UserMessage
  readonly editing: boolean
  readonly canAsk: boolean
  /** Null ends editing. */
  readonly onEdit: (messageId: string | null) => void
  readonly onResend: (messageId: string, text: string) => void
  readonly onDelete: (messageId: string) => void
}

/** What the person asked, with what they attached. */
export const Question = memo(({ question, editing, canAsk, ...actions }: QuestionProps) => (
  <article class="question">
    <h2 class="visually-hidden">{t('chat.you')}</h2>
    {question.attachments.length > 0 && (
      <div class="chips">
        {question.attachments.map((attachment) => (
          <AttachmentChip key={attachment.id} attachment={attachment} />
        ))}
      </div>
    )}
    {editing ? (
      <EditForm question={question} canAsk={canAsk} {...actions} />
    ) : (
      <>
        <div class="question-text" dir="auto">
          {question.text}
        </div>
        <div class="question-actions">
          <CopyButton text={question.text} label={t('chat.action.copyQuestion')} />
          <IconButton
            icon={Pencil}
            label={t('chat.action.edit')}
            disabled={!canAsk}
            onClick={() => actions.onEdit(question.id)}
          />
          <IconButton
            icon={Trash2}
            label={t('chat.action.delete')}
            onClick={() => actions.onDelete(question.id)}
          />
        </div>
      </>
    )}
  </article>
))

type EditFormProps = Pick<QuestionProps, 'question' | 'canAsk' | 'onEdit' | 'onResend'>

function EditForm({ question, canAsk, onEdit, onResend }: EditFormProps) {
  const [text, setText] = useState(question.text)
  const field = useRef<HTMLTextAreaElement>(null)
  // Before the next key: whoever presses ↑ goes on typing.
  useLayoutEffect(() => {
    const element = field.current
    element?.focus()
    element?.setSelectionRange(element.value.length, element.value.length)
  }, [])
  const send = () => {
    if (canAsk && text.trim() !== '') onResend(question.id, text)
  }
  return (
    <form
      class="edit-form"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        ref={field}
        class="field-control"
        aria-label={t('chat.action.editField')}
        dir="auto"
        value={text}
        rows={3}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
            event.preventDefault()
            send()
          }
          if (event.key === 'Escape') {
            event.stopPropagation()
            onEdit(null)
          }
        }}
      />
      <p class="soft small">{t('chat.action.editMeans')}</p>
      <div class="row">
        <Button type="submit" kind="primary" size="s" disabled={!canAsk || text.trim() === ''}>
          {t('chat.action.sendAgain')}
        </Button>
        <Button size="s" onClick={() => onEdit(null)}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  )
}
