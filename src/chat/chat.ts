import type {
  ConversationSummary,
  ConversationView,
  ExportedFile,
  LiveQuoteView,
  PanelIntent,
  PriceSample,
} from '../protocol/chat-views.ts'
import type { UiParams } from '../protocol/ui-protocol.ts'

/**
 * The side panel's conversations. Methods that name a conversation or a message throw ChatError 'invalid-body' where
 * there is none. An answer goes on whether or not a panel is open.
 */
export interface Chat {
  /** Ends what a dead worker left behind and forgets what is not to be kept. Called once at start; every method waits for it. */
  resume(): Promise<void>
  list(text: string): Promise<readonly ConversationSummary[]>
  /** With the text so far of an answer on its way. */
  get(id: string): Promise<ConversationView | null>
  create(like: string | null): Promise<ConversationView>
  rename(id: string, title: string): Promise<ConversationView>
  pin(id: string, pinned: boolean): Promise<ConversationView>
  remove(id: string): Promise<boolean>
  /** How many were deleted. */
  removeAll(): Promise<number>
  setOptions(id: string, options: ConversationView['options']): Promise<ConversationView>
  saveDraft(id: string, draft: ConversationView['draft']): Promise<void>
  send(id: string, draft: ConversationView['draft']): Promise<ConversationView>
  stop(id: string): Promise<boolean>
  retry(id: string, messageId: string): Promise<ConversationView>
  editAndResend(params: UiParams<'chat.editAndResend'>): Promise<ConversationView>
  deleteMessage(id: string, messageId: string): Promise<ConversationView>
  summarise(id: string): Promise<ConversationView>
  dropOldest(id: string, sentFrom: string | null): Promise<ConversationView>
  exportAs(id: string, format: 'markdown' | 'json'): Promise<ExportedFile>
  /** Throws AnswerError like the inference itself; ChatError 'unsupported-parameter' while the switch is off. */
  quoteLive(id: string, draft: ConversationView['draft']): Promise<LiveQuoteView>
  samples(): Promise<readonly PriceSample[]>
  /** Forgets what the settings do not want kept any longer. */
  prune(): Promise<void>
  /** From a context menu; kept for a minute, for the panel that is about to open in the same window. */
  offerIntent(intent: PanelIntent): void
  takeIntent(windowId: number): PanelIntent | null
}
