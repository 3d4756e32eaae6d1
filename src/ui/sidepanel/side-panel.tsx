import './side-panel.css'
import { ArrowLeft } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import type { ConversationSummary } from '../../protocol/chat-views.ts'
import { useApp } from '../app/app.tsx'
import { LoadFailed } from '../app/load-failed.tsx'
import { useAct } from '../app/use-act.ts'
import { useNow } from '../app/use-now.ts'
import { IconButton } from '../components/icon-button.tsx'
import { Spinner } from '../components/spinner.tsx'
import { t } from '../words.ts'
import { ConversationPane } from './conversation-pane.tsx'
import { ConfirmDialog } from './dialogs/confirm-dialog.tsx'
import { ConversationActions } from './list/conversation-actions.tsx'
import { ConversationList } from './list/conversation-list.tsx'
import { useConversations } from './list/use-conversations.ts'
import type { PanelHost } from './panel-host.ts'
import { useCurrent } from './use-current.ts'
import { usePanelKeys } from './use-panel-keys.ts'
import { useWide } from './use-wide.ts'

/** Chat beside any page, or in a tab of its own: one conversation in sight, all of them in a list. */
export function SidePanel({ host }: { host: PanelHost }) {
  const { client } = useApp()
  const current = useCurrent()
  const wide = useWide()
  const nowMs = useNow()
  const { act } = useAct()
  const [listOpen, setListOpen] = useState(false)
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState<ConversationSummary | null>(null)
  const [deletingAll, setDeletingAll] = useState(false)
  const conversations = useConversations(search, wide || listOpen)

  const open = (id: string) => {
    current.open(id)
    setListOpen(false)
  }
  const create = () => {
    setListOpen(false)
    void act(current.create)
  }
  const list = (
    <ConversationList
      conversations={conversations}
      current={current.id}
      search={search}
      nowMs={nowMs}
      onSearch={setSearch}
      onOpen={open}
      onActions={setChosen}
      onDeleteAll={() => setDeletingAll(true)}
    />
  )

  return (
    <div class={`panel${wide ? ' panel-wide' : ''}`}>
      {wide && (
        <nav class="panel-list" aria-label={t('chat.conversations')}>
          {list}
        </nav>
      )}
      {!wide && listOpen && <Drawer onClose={() => setListOpen(false)}>{list}</Drawer>}
      {current.error !== null && <LoadFailed error={current.error} onRetry={current.leave} />}
      {current.id === null ? (
        current.error === null && <Spinner label={t('chat.loading')} />
      ) : (
        <ConversationPane
          key={current.id}
          id={current.id}
          host={host}
          nowMs={nowMs}
          hidden={!wide && listOpen}
          onList={wide ? null : () => setListOpen(true)}
          onNew={create}
          onGone={current.leave}
        />
      )}
      {chosen && (
        <ConversationActions
          conversation={chosen}
          onClose={() => setChosen(null)}
          onRename={(title) => {
            setChosen(null)
            void act(() => client.call('chat.rename', { id: chosen.id, title }))
          }}
          onPin={(pinned) => {
            setChosen(null)
            void act(() => client.call('chat.pin', { id: chosen.id, pinned }))
          }}
          onExport={(format) => {
            setChosen(null)
            void act(async () => {
              const file = await client.call('chat.export', { id: chosen.id, format })
              host.saveFile(file.name, file.type, [file.text])
            })
          }}
          onDelete={() => {
            setChosen(null)
            void act(() => client.call('chat.delete', { id: chosen.id }), t('chat.action.deleted'))
          }}
        />
      )}
      {deletingAll && (
        <ConfirmDialog
          title={t('chat.list.deleteAll')}
          question={t('chat.list.deleteAllAsk')}
          yes={t('chat.list.deleteAll')}
          onClose={() => setDeletingAll(false)}
          onYes={() => {
            setDeletingAll(false)
            void act(() => client.call('chat.deleteAll', {}), t('chat.action.deleted'))
          }}
        />
      )}
    </div>
  )
}

/** The list in the place of the conversation; Esc leads back. */
function Drawer({ onClose, children }: { onClose: () => void; children: ComponentChildren }) {
  const drawer = useRef<HTMLElement>(null)
  useEffect(() => drawer.current?.querySelector('input')?.focus(), [])
  usePanelKeys({ onEscape: onClose, onHelp: () => undefined })
  return (
    <nav class="panel-drawer" ref={drawer} aria-label={t('chat.conversations')}>
      <header class="panel-head">
        <IconButton icon={ArrowLeft} label={t('chat.closeList')} onClick={onClose} />
        <div class="panel-title">
          <h1>{t('chat.conversations')}</h1>
        </div>
      </header>
      {children}
    </nav>
  )
}
