/** What the side panel gets of its conversations: JSON-safe. Times are unix ms. */
import type { Charged } from '../domain/errors.ts'
import type { HistoryRowView } from './ui-views.ts'

/** Readable text of a page or a selection that the person attached, exactly as it will be sent. */
export interface Attachment {
  readonly id: string
  readonly kind: 'page' | 'selection'
  readonly title: string
  readonly url: string
  readonly text: string
  /** The page was longer; the rest is not here. */
  readonly truncated: boolean
}

/** What a person was about to send. */
export interface ChatDraft {
  readonly text: string
  readonly attachments: readonly Attachment[]
}

export interface ChatOptions {
  /** As `ModelView.name`; null: the default model. */
  readonly model: string | null
  readonly system: string
  /** Null: the model's own. */
  readonly temperature: number | null
  /** Most tokens of one answer; null: the setting's limit. */
  readonly maxTokens: number | null
}

export interface UserMessage {
  readonly role: 'user'
  readonly id: string
  readonly createdAtMs: number
  readonly text: string
  readonly attachments: readonly Attachment[]
}

/** How far an answer has come. Whether money moved is of the moment it ended; its receipt knows better later. */
export type AnswerProgress =
  /** The price is asked for, agreed to and paid. */
  | { readonly kind: 'waiting' }
  | { readonly kind: 'streaming' }
  /** `finish` as the gateway said it: `stop`, `length`, …; null where it did not. */
  | { readonly kind: 'done'; readonly finish: string | null }
  | { readonly kind: 'stopped'; readonly charged: Charged }
  /** The extension's worker ended in the middle; the text so far is kept. */
  | { readonly kind: 'interrupted'; readonly charged: Charged }
  | {
      readonly kind: 'failed'
      readonly cause: string
      readonly facts: Readonly<Record<string, string>>
      readonly charged: Charged
    }

export interface ToolCallView {
  readonly name: string
  readonly arguments: string
}

export interface AnswerMessage {
  readonly role: 'answer'
  /** A summary stands for everything before it in what is sent from then on. */
  readonly purpose: 'answer' | 'summary'
  readonly id: string
  readonly createdAtMs: number
  /** As the gateway speaks it; null until the answer has begun. */
  readonly model: string | null
  /** The ledger's request; null until something was reserved for it. */
  readonly requestId: string | null
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly ToolCallView[]
  readonly progress: AnswerProgress
}

export type ChatMessage = UserMessage | AnswerMessage

export interface ConversationView {
  readonly id: string
  readonly title: string
  readonly pinned: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly options: ChatOptions
  readonly draft: ChatDraft
  readonly messages: readonly ChatMessage[]
  /** Messages before this one are not sent any more; null: all are. */
  readonly sentFrom: string | null
  /** Every request ever paid for here, those of deleted and retried answers too. */
  readonly requestIds: readonly string[]
}

export interface ConversationSummary {
  readonly id: string
  readonly title: string
  readonly pinned: boolean
  readonly createdAtMs: number
  readonly updatedAtMs: number
  readonly messageCount: number
  readonly running: boolean
  /** Where a search found it; null without a search or where the title matched. */
  readonly snippet: string | null
}

/** What an earlier request was quoted: an estimate is made of these, on this machine. */
export interface PriceSample {
  /** `gateway/model`, as the gateway speaks it. */
  readonly model: string
  /** By our own rough count, see `estimateTokens`. */
  readonly estimatedTokens: number
  /** By the gateway's count; null where it did not say. */
  readonly inputTokens: number | null
  readonly maxOutputTokens: number
  readonly currency: HistoryRowView['currency']
  /** Atomic units. */
  readonly max: string
  readonly atMs: number
}

/** The gateway's own quote, asked for while typing: only where the person switched that on. */
export interface LiveQuoteView {
  readonly expected: string | null
  readonly max: string
  readonly currency: HistoryRowView['currency']
  readonly inputTokens: number | null
  readonly maxOutputTokens: number | null
  readonly needsApproval: boolean
}

export interface ExportedFile {
  readonly name: string
  readonly type: string
  readonly text: string
}

/** What a context menu asked the panel to get ready. Nothing is sent by it. */
export interface PanelIntent {
  readonly kind: 'ask-selection' | 'summarise-page'
  readonly tabId: number
  /** The window it was asked in: no other window's panel takes it. */
  readonly windowId: number
  /** The selected text as the browser tells it, without its structure; null where none may be read. */
  readonly selection: SelectedText | null
}

export interface SelectedText {
  readonly text: string
  readonly title: string
  readonly url: string
  /** It stands in a frame of the page: reading the page itself finds another selection or none. */
  readonly inFrame: boolean
}

/** Pushed while the panel is open. */
export type ChatEvent =
  /** The list of conversations changed. */
  | { readonly kind: 'list' }
  /** The worker died: what happened since, nobody said. Read everything again. */
  | { readonly kind: 'missed' }
  /** Read this conversation again. */
  | { readonly kind: 'conversation'; readonly id: string }
  | { readonly kind: 'deleted'; readonly id: string }
  /** A message is new, or another one than before. */
  | { readonly kind: 'message'; readonly id: string; readonly message: ChatMessage }
  /** More of an answer. `at`: characters of the part that came before; another figure means that something was missed. */
  | {
      readonly kind: 'delta'
      readonly id: string
      readonly messageId: string
      readonly part: 'text' | 'reasoning'
      readonly at: number
      readonly text: string
    }
  | { readonly kind: 'intent' }
