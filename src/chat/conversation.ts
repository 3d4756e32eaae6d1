/** A conversation as it is stored: one blob each, and an index of all. */
import { z } from 'zod'
import { draftSchema, optionsSchema } from '../protocol/chat-protocol.ts'
import type { AnswerMessage, ConversationView, UserMessage } from '../protocol/chat-views.ts'

const charged = z.enum(['no', 'maybe', 'yes'])

const userSchema = z.object({
  role: z.literal('user'),
  id: z.string(),
  createdAtMs: z.number(),
  text: z.string(),
  attachments: draftSchema.shape.attachments,
})

const progressSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('waiting') }),
  z.object({ kind: z.literal('streaming') }),
  z.object({ kind: z.literal('done'), finish: z.string().nullable() }),
  z.object({ kind: z.literal('stopped'), charged }),
  z.object({ kind: z.literal('interrupted'), charged }),
  z.object({
    kind: z.literal('failed'),
    cause: z.string(),
    facts: z.record(z.string(), z.string()),
    charged,
  }),
])

const answerSchema = z.object({
  role: z.literal('answer'),
  purpose: z.enum(['answer', 'summary']),
  id: z.string(),
  createdAtMs: z.number(),
  /** The request's idempotency key: one per answer, so that no death of the worker pays twice. */
  key: z.string(),
  model: z.string().nullable(),
  requestId: z.string().nullable(),
  text: z.string(),
  reasoning: z.string(),
  toolCalls: z.array(z.object({ name: z.string(), arguments: z.string() })),
  progress: progressSchema,
})

export const conversationSchema = z.object({
  version: z.literal(1),
  id: z.string(),
  title: z.string(),
  /** The person gave the title; otherwise it is made of the first question. */
  named: z.boolean(),
  pinned: z.boolean(),
  createdAtMs: z.number(),
  updatedAtMs: z.number(),
  options: optionsSchema,
  draft: draftSchema,
  messages: z.array(z.union([userSchema, answerSchema])),
  sentFrom: z.string().nullable(),
  requestIds: z.array(z.string()),
})

export const indexSchema = z.object({
  version: z.literal(1),
  browserRunId: z.string(),
  entries: z.array(
    z.object({
      id: z.string(),
      title: z.string(),
      pinned: z.boolean(),
      createdAtMs: z.number(),
      updatedAtMs: z.number(),
      messageCount: z.number(),
      /** An answer is on its way, or was when the worker died. */
      running: z.boolean(),
    }),
  ),
})

/** The text so far of an answer on its way, beside its conversation so that it can be written often. */
export const liveSchema = z.object({
  messageId: z.string(),
  requestId: z.string().nullable(),
  model: z.string().nullable(),
  text: z.string(),
  reasoning: z.string(),
  toolCalls: answerSchema.shape.toolCalls,
})

type DeepReadonly<T> = T extends readonly (infer Item)[]
  ? readonly DeepReadonly<Item>[]
  : T extends object
    ? { readonly [K in keyof T]: DeepReadonly<T[K]> }
    : T

export type Conversation = DeepReadonly<z.infer<typeof conversationSchema>>
export type StoredAnswer = DeepReadonly<z.infer<typeof answerSchema>>
export type StoredMessage = UserMessage | StoredAnswer
export type ConversationIndex = DeepReadonly<z.infer<typeof indexSchema>>
export type IndexEntry = ConversationIndex['entries'][number]
export type LiveAnswer = DeepReadonly<z.infer<typeof liveSchema>>

/** What a screen gets: no keys. */
export function conversationView(conversation: Conversation): ConversationView {
  const { version: _version, named: _named, messages, ...shown } = conversation
  return { ...shown, messages: messages.map(messageView) }
}

export function messageView(message: StoredMessage): UserMessage | AnswerMessage {
  if (message.role === 'user') return message
  const { key: _key, ...shown } = message
  return shown
}

export function indexEntry(conversation: Conversation): IndexEntry {
  const { id, title, pinned, createdAtMs, updatedAtMs, messages } = conversation
  return {
    ...{ id, title, pinned, createdAtMs, updatedAtMs },
    messageCount: messages.length,
    running: messages.some(isRunning),
  }
}

export function isRunning(message: StoredMessage): message is StoredAnswer {
  return (
    message.role === 'answer' &&
    (message.progress.kind === 'waiting' || message.progress.kind === 'streaming')
  )
}
