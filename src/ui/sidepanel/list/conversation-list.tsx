import { Ellipsis, MessagesSquare, Pin, Search } from 'lucide-preact'
import type { ConversationSummary } from '../../../protocol/chat-views.ts'
import { Age } from '../../components/age.tsx'
import { Button } from '../../components/button.tsx'
import { EmptyState } from '../../components/empty-state.tsx'
import { Icon } from '../../components/icon.tsx'
import { IconButton } from '../../components/icon-button.tsx'
import { t, tCount } from '../../words.ts'

export interface ConversationListProps {
  /** Null while it is being read. */
  readonly conversations: readonly ConversationSummary[] | null
  readonly current: string | null
  readonly search: string
  readonly nowMs: number
  readonly onSearch: (text: string) => void
  readonly onOpen: (id: string) => void
  readonly onActions: (conversation: ConversationSummary) => void
  readonly onDeleteAll: () => void
}

/** All conversations, pinned first; a search looks into what was said too. */
export function ConversationList(props: ConversationListProps) {
  const { conversations, search } = props
  return (
    <div class="conversations">
      <label class="search">
        <Icon of={Search} size="1em" />
        <input
          type="search"
          aria-label={t('chat.list.search')}
          placeholder={t('chat.list.search')}
          value={search}
          autocomplete="off"
          spellcheck={false}
          maxLength={200}
          onInput={(event) => props.onSearch(event.currentTarget.value)}
        />
      </label>
      {conversations?.length === 0 && (
        <EmptyState
          icon={MessagesSquare}
          title={search.trim() === '' ? t('chat.list.none') : t('chat.list.nothing')}
        />
      )}
      {conversations && conversations.length > 0 && (
        <ul class="conversation-rows" aria-label={t('chat.conversations')}>
          {conversations.map((conversation) => (
            <ConversationRow key={conversation.id} conversation={conversation} {...props} />
          ))}
        </ul>
      )}
      {conversations && conversations.length > 0 && search === '' && (
        <Button kind="quiet" size="s" onClick={props.onDeleteAll}>
          {t('chat.list.deleteAll')}
        </Button>
      )}
    </div>
  )
}

function ConversationRow({
  conversation,
  current,
  nowMs,
  onOpen,
  onActions,
}: ConversationListProps & { conversation: ConversationSummary }) {
  const { id, title, pinned, updatedAtMs, messageCount, running, snippet } = conversation
  const shown = title || t('chat.untitled')
  return (
    <li class={`conversation-row${id === current ? ' conversation-current' : ''}`}>
      <button
        type="button"
        class="conversation-open"
        aria-current={id === current ? 'true' : undefined}
        onClick={() => onOpen(id)}
      >
        <span class="conversation-title" dir="auto">
          {pinned && (
            <>
              <Icon of={Pin} size="0.85em" />
              <span class="visually-hidden">{t('chat.list.pinned')} </span>
            </>
          )}
          {shown}
        </span>
        <span class="conversation-sub">
          {snippet !== null ? (
            <span dir="auto">{snippet}</span>
          ) : running ? (
            t('chat.list.answering')
          ) : (
            <>
              <Age atMs={updatedAtMs} nowMs={nowMs} /> · {tCount('chat.list.messages', messageCount)}
            </>
          )}
        </span>
      </button>
      <IconButton
        icon={Ellipsis}
        label={t('chat.list.actions', { title: shown })}
        onClick={() => onActions(conversation)}
      />
    </li>
  )
}
