import { ArrowDown } from 'lucide-preact'
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Attachment, ConversationView } from '../../protocol/chat-views.ts'
import { useApp } from '../app/app.tsx'
import { useAct } from '../app/use-act.ts'
import { IconButton } from '../components/icon-button.tsx'
import { t } from '../words.ts'
import { useAttach } from './composer/use-attach.ts'
import { useContextWays } from './composer/use-context-ways.ts'
import { useDraft } from './composer/use-draft.ts'
import { conversationCost } from './conversation/conversation-cost.ts'
import { runningAnswer } from './conversation/conversation-state.ts'
import type { GrowingAnswer } from './conversation/growing-answer.ts'
import { MessageList } from './conversation/message-list.tsx'
import { NothingAsked } from './conversation/nothing-asked.tsx'
import { ReceiptDialog } from './conversation/receipt-dialog.tsx'
import { Speaker } from './conversation/speaker.tsx'
import { useAutoscroll } from './conversation/use-autoscroll.ts'
import { useReceipts } from './conversation/use-receipts.ts'
import { OptionsDialog } from './dialogs/options-dialog.tsx'
import { ShortcutsDialog } from './dialogs/shortcuts-dialog.tsx'
import type { Gate } from './gate/gate.ts'
import { useGate } from './gate/use-gate.ts'
import type { PaneProps } from './pane-props.ts'
import { PanelFoot } from './panel-foot.tsx'
import { PanelHead } from './panel-head.tsx'
import { useIntents } from './use-intents.ts'
import { usePanelFacts } from './use-panel-facts.ts'
import { usePanelKeys } from './use-panel-keys.ts'

interface ScreenProps extends PaneProps {
  readonly conversation: ConversationView
  readonly growing: GrowingAnswer
  /** What a call answered is shown at once. */
  readonly onConversation: (conversation: ConversationView) => void
}

/** A freeze that holds is lifted by its own notice; without a wallet there is nothing to stop. */
const CAN_FREEZE: ReadonlySet<Gate['kind']> = new Set(['open', 'locked', 'offline', 'no-funds'])

type Opened = 'options' | 'shortcuts' | { readonly receipt: string } | null

/** One conversation: its messages, and where the next one is written. */
export function ConversationScreen({ host, nowMs, onConversation, ...props }: ScreenProps) {
  const { growing } = props
  const conversation = growing.whole(props.conversation)
  const { client } = useApp()
  const { act } = useAct()
  const { id } = conversation
  const facts = usePanelFacts(conversation)
  const { gate, balances, approvalOpen } = useGate(host)
  const receipts = useReceipts(conversation.requestIds)
  const drafting = useDraft(conversation)
  const [editing, setEditing] = useState<string | null>(null)
  const [opened, setOpened] = useState<Opened>(null)
  const field = useRef<HTMLTextAreaElement>(null)
  const running = runningAnswer(conversation)
  const scroll = useAutoscroll(conversation)
  const canAsk = running === null && gate.kind === 'open'

  const focusField = useCallback(() => field.current?.focus(), [])
  const onAttached = useCallback(
    (attachment: Attachment) => {
      drafting.setDraft((draft) => ({ ...draft, attachments: [...draft.attachments, attachment].slice(-5) }))
      focusField()
    },
    [drafting.setDraft, focusField],
  )
  const attaching = useAttach(host, onAttached)
  useIntents(host, ({ kind, tabId, selection }) => {
    const page = kind === 'summarise-page'
    void attaching.attach(page ? 'page' : 'selection', { tabId, selection: page ? null : selection })
    if (page) {
      drafting.setDraft((draft) =>
        draft.text === '' ? { ...draft, text: t('chat.summarisePrompt') } : draft,
      )
    }
  })

  /** Asks the background for a change and shows what it answers. */
  const change = useCallback(
    (work: () => Promise<ConversationView>, done?: string) =>
      act(async () => onConversation(await work()), done),
    [act, onConversation],
  )
  // The button that was pressed goes with its message: the focus goes to the field.
  const onRetry = useCallback(
    (messageId: string) => {
      void change(() => client.call('chat.retry', { id, messageId })).then(scroll.toEnd)
      focusField()
    },
    [change, client, id, scroll.toEnd, focusField],
  )
  const onDelete = useCallback(
    (messageId: string) => {
      void change(() => client.call('chat.deleteMessage', { id, messageId }), t('chat.action.deleted'))
      focusField()
    },
    [change, client, id, focusField],
  )
  const onResend = useCallback(
    (messageId: string, text: string) => {
      setEditing(null)
      void change(() => client.call('chat.editAndResend', { id, messageId, text })).then(scroll.toEnd)
      focusField()
    },
    [change, client, id, scroll.toEnd, focusField],
  )
  const context = useContextWays({
    ...{ conversation, facts, canAsk, change },
    draft: drafting.draft,
    onNew: props.onNew,
    onAsked: scroll.toEnd,
  })
  const onReceipt = useCallback((receipt: string) => setOpened({ receipt }), [])
  const onEdit = useCallback(
    (messageId: string | null) => {
      setEditing(messageId)
      if (messageId === null) focusField()
    },
    [focusField],
  )
  const onSendAll = useCallback(
    () => void change(() => client.call('chat.dropOldest', { id, sentFrom: null })),
    [change, client, id],
  )
  const stop = () => {
    void act(() => client.call('chat.stop', { id }))
    focusField()
  }
  // The button goes with the press.
  const freeze = () => {
    void act(() => client.call('freeze.set', { frozen: true }))
    focusField()
  }
  usePanelKeys({
    onEscape: () => !props.hidden && (editing !== null ? onEdit(null) : running && stop()),
    onHelp: () => setOpened('shortcuts'),
  })
  // At first, and when the list that hid it is closed.
  useEffect(() => {
    if (!props.hidden) focusField()
  }, [focusField, props.hidden])

  const receipt = typeof opened === 'object' && opened ? receipts.get(opened.receipt) : undefined
  const last = conversation.messages.at(-1)
  return (
    <>
      <PanelHead
        title={conversation.title}
        cost={conversationCost(receipts.values())}
        onList={props.onList}
        onFreeze={CAN_FREEZE.has(gate.kind) ? freeze : null}
        onNew={props.onNew}
        onOptions={() => setOpened('options')}
        onShortcuts={() => setOpened('shortcuts')}
        onOpenInTab={host.openInTab}
      />
      <div class="panel-scroll" ref={scroll.container} onScroll={scroll.onScroll}>
        <section aria-label={t('chat.messages')}>
          {conversation.messages.length === 0 && (
            <NothingAsked onAttachPage={() => void attaching.attach('page', null)} />
          )}
          <MessageList
            conversation={conversation}
            growing={growing}
            receipts={receipts}
            nowMs={nowMs}
            canAsk={canAsk}
            approvalOpen={approvalOpen}
            editing={editing}
            onEdit={onEdit}
            onResend={onResend}
            onDelete={onDelete}
            onRetry={onRetry}
            onReceipt={onReceipt}
            onSendAll={onSendAll}
          />
        </section>
      </div>
      {scroll.away && (
        <div class="jump">
          <IconButton icon={ArrowDown} label={t('chat.action.jump')} onClick={scroll.toEnd} />
        </div>
      )}
      <Speaker answer={last?.role === 'answer' ? last : null} growing={growing} />
      <PanelFoot
        {...{
          conversation,
          host,
          nowMs,
          facts,
          gate,
          balances,
          drafting,
          attaching,
          field,
          running,
          context,
        }}
        change={change}
        onStop={stop}
        onSent={scroll.toEnd}
        onEditLast={() =>
          setEditing(conversation.messages.findLast(({ role }) => role === 'user')?.id ?? null)
        }
      />
      {opened === 'options' && (
        <OptionsDialog
          options={conversation.options}
          defaultLimit={facts.defaultLimit}
          context={context}
          onClose={() => setOpened(null)}
          onShortcuts={() => setOpened('shortcuts')}
          onOpenInTab={host.openInTab}
          onSave={(options) => {
            setOpened(null)
            void change(() => client.call('chat.setOptions', { id, options }))
          }}
        />
      )}
      {opened === 'shortcuts' && <ShortcutsDialog onClose={() => setOpened(null)} />}
      {receipt && <ReceiptDialog row={receipt} nowMs={nowMs} onClose={() => setOpened(null)} />}
    </>
  )
}
