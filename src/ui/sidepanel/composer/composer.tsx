import { ArrowUp, FileText, Square, TextQuote } from 'lucide-preact'
import type { ComponentChildren, RefObject } from 'preact'
import { useLayoutEffect } from 'preact/hooks'
import { MAX_MESSAGE_CHARACTERS } from '../../../protocol/chat-protocol.ts'
import type { ChatDraft } from '../../../protocol/chat-views.ts'
import { Icon } from '../../components/icon.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { t } from '../../words.ts'
import { AttachmentChip } from './attachment-chip.tsx'

export interface ComposerProps {
  readonly field: RefObject<HTMLTextAreaElement | null>
  readonly draft: ChatDraft
  /** What an attachment adds to the price, by its id, in words. */
  readonly adds: ReadonlyMap<string, string>
  readonly running: boolean
  /** Sending does something useful now. */
  readonly canSend: boolean
  readonly modelButton: ComponentChildren
  readonly onText: (text: string) => void
  readonly onRemove: (attachmentId: string) => void
  readonly onAttach: (kind: 'page' | 'selection') => void
  readonly onSend: () => void
  readonly onStop: () => void
  readonly onEditLast: () => void
}

/** Where the next question is written. Enter sends, Shift+Enter makes a line, ↑ in the empty field edits the last question. */
export function Composer(props: ComposerProps) {
  const { field, draft, running } = props
  useGrowing(field, draft.text)
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault()
        props.onSend()
      }}
    >
      {draft.attachments.length > 0 && (
        <div class="chips">
          {draft.attachments.map((attachment) => (
            <AttachmentChip
              key={attachment.id}
              attachment={attachment}
              adds={props.adds.get(attachment.id) ?? null}
              onRemove={() => props.onRemove(attachment.id)}
            />
          ))}
        </div>
      )}
      <textarea
        ref={field}
        class="composer-field"
        rows={1}
        dir="auto"
        aria-label={t('chat.composer.message')}
        placeholder={t('chat.composer.placeholder')}
        maxLength={MAX_MESSAGE_CHARACTERS}
        value={draft.text}
        onInput={(event) => props.onText(event.currentTarget.value)}
        onKeyDown={(event) => onKey(event, props)}
      />
      <div class="composer-bar">
        <IconButton
          icon={FileText}
          label={t('chat.composer.attachPage')}
          onClick={() => props.onAttach('page')}
        />
        <IconButton
          icon={TextQuote}
          label={t('chat.composer.attachSelection')}
          onClick={() => props.onAttach('selection')}
        />
        {props.modelButton}
        {running ? (
          <button
            type="button"
            class="send-button send-button-stop"
            onClick={props.onStop}
            title={t('chat.composer.stop')}
            aria-label={t('chat.composer.stop')}
          >
            <Icon of={Square} size="0.9em" />
          </button>
        ) : (
          <button
            type="submit"
            class="send-button"
            title={t('chat.composer.send')}
            aria-label={t('chat.composer.send')}
            aria-disabled={props.canSend ? undefined : 'true'}
          >
            <Icon of={ArrowUp} size="1.1em" />
          </button>
        )}
      </div>
    </form>
  )
}

function onKey(event: KeyboardEvent, { draft, onSend, onEditLast }: ComposerProps): void {
  if (event.isComposing) return
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault()
    onSend()
  }
  if (event.key === 'ArrowUp' && draft.text === '') {
    event.preventDefault()
    onEditLast()
  }
}

/** As high as its text, up to what the stylesheet allows. */
function useGrowing(field: RefObject<HTMLTextAreaElement | null>, text: string): void {
  useLayoutEffect(() => {
    const element = field.current
    if (!element) return
    element.style.blockSize = 'auto'
    element.style.blockSize = `${element.scrollHeight}px`
  }, [field, text])
}
