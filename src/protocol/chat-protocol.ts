/** What the side panel may ask about its conversations: one method, one schema, one handler file (src/background/chat/). */
import { z } from 'zod'
import type {
  ConversationSummary,
  ConversationView,
  ExportedFile,
  LiveQuoteView,
  PanelIntent,
  PriceSample,
} from './chat-views.ts'
import type { HistoryRowView } from './ui-views.ts'

/** Characters of one message, and of one attachment: about 50,000 tokens each. */
export const MAX_MESSAGE_CHARACTERS = 200_000
/** Attachments to one message. */
export const MAX_ATTACHMENTS = 5

const nothing = z.object({}).strict()
const id = z.string().min(1).max(100)
const text = z.string().max(MAX_MESSAGE_CHARACTERS)

export const attachmentSchema = z.object({
  id,
  kind: z.enum(['page', 'selection']),
  title: z.string().max(500),
  url: z.string().max(4000),
  text,
  truncated: z.boolean(),
})
export const draftSchema = z.object({
  text,
  attachments: z.array(attachmentSchema).max(MAX_ATTACHMENTS).readonly(),
})
export const optionsSchema = z.object({
  model: z.string().max(200).nullable(),
  system: z.string().max(20_000),
  temperature: z.number().min(0).max(2).nullable(),
  maxTokens: z.number().int().min(1).max(200_000).nullable(),
})

/** Params of every method. */
export const chatParams = {
  /** `text`: searched for in titles and messages; empty: all. Pinned first, then newest. */
  'chat.list': z.object({ text: z.string().max(200) }),
  'chat.get': z.object({ id }),
  /** Starts with the options of the conversation `like`, where there is one. */
  'chat.create': z.object({ like: id.nullable() }),
  'chat.rename': z.object({ id, title: z.string().min(1).max(200) }),
  'chat.pin': z.object({ id, pinned: z.boolean() }),
  'chat.delete': z.object({ id }),
  'chat.deleteAll': nothing,
  'chat.setOptions': z.object({ id, options: optionsSchema }),
  'chat.saveDraft': z.object({ id, draft: draftSchema }),
  /** Sending is the consent within the panel's budget. Answers once the question is stored, not once it is answered. */
  'chat.send': z.object({ id, draft: draftSchema }),
  'chat.stop': z.object({ id }),
  /** Asks anew for an answer: a new request with a new price. Later messages are removed. */
  'chat.retry': z.object({ id, messageId: id }),
  'chat.editAndResend': z.object({ id, messageId: id, text }),
  'chat.deleteMessage': z.object({ id, messageId: id }),
  /** A paid request whose answer stands for the conversation so far. */
  'chat.summarise': z.object({ id }),
  /** From now on nothing before this message is sent; null: everything again. */
  'chat.dropOldest': z.object({ id, sentFrom: id.nullable() }),
  'chat.export': z.object({ id, format: z.enum(['markdown', 'json']) }),
  'chat.receipts': z.object({ requestIds: z.array(id).max(2000) }),
  /** The gateway's own price for what was typed so far. Refused unless live quotes are switched on. */
  'chat.quoteLive': z.object({ id, draft: draftSchema }),
  'chat.samples': nothing,
  /** What a context menu of that window asked for, once. */
  'chat.takeIntent': z.object({ windowId: z.number().int() }),
} as const

export type ChatMethod = keyof typeof chatParams

/** Results, by method. */
export interface ChatResults {
  'chat.list': readonly ConversationSummary[]
  'chat.get': ConversationView | null
  'chat.create': ConversationView
  'chat.rename': ConversationView
  'chat.pin': ConversationView
  'chat.delete': { readonly deleted: boolean }
  'chat.deleteAll': { readonly deleted: number }
  'chat.setOptions': ConversationView
  'chat.saveDraft': { readonly saved: boolean }
  'chat.send': ConversationView
  'chat.stop': { readonly stopped: boolean }
  'chat.retry': ConversationView
  'chat.editAndResend': ConversationView
  'chat.deleteMessage': ConversationView
  'chat.summarise': ConversationView
  'chat.dropOldest': ConversationView
  'chat.export': ExportedFile
  'chat.receipts': readonly HistoryRowView[]
  'chat.quoteLive': LiveQuoteView
  'chat.samples': readonly PriceSample[]
  'chat.takeIntent': PanelIntent | null
}
