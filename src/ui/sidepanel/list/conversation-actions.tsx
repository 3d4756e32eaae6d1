import { Download, Pin, PinOff, Trash2 } from 'lucide-preact'
import { useState } from 'preact/hooks'
import type { ConversationSummary } from '../../../protocol/chat-views.ts'
import { Button } from '../../components/button.tsx'
import { Dialog } from '../../components/dialog.tsx'
import { TextField } from '../../components/text-field.tsx'
import { t } from '../../words.ts'

export interface ConversationActionsProps {
  readonly conversation: Pick<ConversationSummary, 'id' | 'title' | 'pinned'>
  readonly onRename: (title: string) => void
  readonly onPin: (pinned: boolean) => void
  readonly onExport: (format: 'markdown' | 'json') => void
  readonly onDelete: () => void
  readonly onClose: () => void
}

/** What can be done with one conversation. Deleting asks once more, in place. */
export function ConversationActions({ conversation, onClose, ...actions }: ConversationActionsProps) {
  const [title, setTitle] = useState(conversation.title)
  const [sure, setSure] = useState(false)
  const shown = conversation.title || t('chat.untitled')
  return (
    <Dialog title={shown} onClose={onClose}>
      <form
        class="rename-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (title.trim() !== '') actions.onRename(title.trim())
        }}
      >
        <TextField label={t('chat.list.name')} value={title} maxLength={200} onInput={setTitle} />
        <Button type="submit">{t('chat.list.rename')}</Button>
      </form>
      <div class="stack-tight">
        <Button
          wide
          icon={conversation.pinned ? PinOff : Pin}
          onClick={() => actions.onPin(!conversation.pinned)}
        >
          {conversation.pinned ? t('chat.list.unpin') : t('chat.list.pin')}
        </Button>
        <Button wide icon={Download} onClick={() => actions.onExport('markdown')}>
          {t('chat.list.exportMarkdown')}
        </Button>
        <Button wide icon={Download} onClick={() => actions.onExport('json')}>
          {t('chat.list.exportJson')}
        </Button>
        {sure ? (
          <>
            <p role="alert">{t('chat.list.deleteAsk', { title: shown })}</p>
            <div class="row">
              <Button kind="danger" icon={Trash2} onClick={actions.onDelete}>
                {t('chat.list.delete')}
              </Button>
              <Button onClick={() => setSure(false)}>{t('common.cancel')}</Button>
            </div>
          </>
        ) : (
          <Button wide kind="danger" icon={Trash2} onClick={() => setSure(true)}>
            {t('chat.list.delete')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
