/** What a person does to a conversation, as pure changes. Throws ChatError 'invalid-body' for what is not there. */
import { ChatError } from '../domain/errors.ts'
import { plainText } from '../domain/plain-text.ts'
import type { ChatDraft } from '../protocol/chat-views.ts'
import { type Conversation, isRunning, type StoredAnswer, type StoredMessage } from './conversation.ts'

const TITLE_LENGTH = 60

export const NO_DRAFT: ChatDraft = { text: '', attachments: [] }

/** Ids and the moment of a change, chosen outside. */
export interface Stamp {
  readonly id: string
  readonly nowMs: number
}

export function emptyConversation({ id, nowMs }: Stamp, model: string | null): Conversation {
  return {
    ...{ version: 1, id, title: '', named: false, pinned: false, createdAtMs: nowMs, updatedAtMs: nowMs },
    options: { system: '', model, temperature: null, maxTokens: null },
    ...{ draft: NO_DRAFT, messages: [], sentFrom: null, requestIds: [] },
  }
}

/** The draft becomes a question; the first one names the conversation. */
export function withQuestion(
  conversation: Conversation,
  draft: ChatDraft,
  { id, nowMs }: Stamp,
): Conversation {
  const { named, messages, title } = conversation
  return {
    ...conversation,
    title: named || messages.length > 0 ? title : titleOf(draft),
    messages: [...messages, { role: 'user', id, createdAtMs: nowMs, ...draft }],
    draft: NO_DRAFT,
  }
}

/** The conversation up to an answer that is asked for again. */
export function upToAnswer(conversation: Conversation, messageId: string): Conversation {
  findAnswer(conversation, messageId)
  return { ...conversation, messages: before(conversation, messageId) }
}

export function findAnswer(conversation: Conversation, messageId: string): StoredAnswer {
  const message = findMessage(conversation, messageId)
  if (message.role !== 'answer') throw missing('messageId')
  return message
}

/** Another question in the place of one that was asked; everything after it goes. */
export function withEditedQuestion(
  conversation: Conversation,
  edit: { readonly messageId: string; readonly text: string },
  nowMs: number,
): Conversation {
  const message = findMessage(conversation, edit.messageId)
  if (message.role !== 'user' || edit.text.trim() === '') throw missing('messageId')
  const question = { ...message, text: edit.text, createdAtMs: nowMs }
  return { ...conversation, messages: [...before(conversation, edit.messageId), question] }
}

export function withoutMessage(conversation: Conversation, messageId: string): Conversation {
  const { messages, sentFrom } = conversation
  if (isRunning(findMessage(conversation, messageId))) throw new ChatError('already-pending')
  const next = messages[before(conversation, messageId).length + 1]
  return {
    ...conversation,
    messages: messages.filter(({ id }) => id !== messageId),
    sentFrom: sentFrom === messageId ? (next?.id ?? null) : sentFrom,
  }
}

/** From now on nothing before this message is sent. */
export function withSentFrom(conversation: Conversation, sentFrom: string | null): Conversation {
  if (sentFrom !== null) findMessage(conversation, sentFrom)
  return { ...conversation, sentFrom }
}

export function withName(conversation: Conversation, title: string): Conversation {
  return { ...conversation, title: plainText(title, 200) || conversation.title, named: true }
}

/** Throws ChatError 'already-pending' while another answer is on its way. */
export function withAnswerAsked(conversation: Conversation, answer: StoredAnswer): Conversation {
  if (conversation.messages.some(isRunning)) throw new ChatError('already-pending')
  return { ...conversation, updatedAtMs: answer.createdAtMs, messages: [...conversation.messages, answer] }
}

function findMessage({ messages }: Conversation, messageId: string): StoredMessage {
  const message = messages.find(({ id }) => id === messageId)
  if (!message) throw missing('messageId')
  return message
}

function before({ messages }: Conversation, messageId: string): readonly StoredMessage[] {
  return messages.slice(
    0,
    messages.findIndex(({ id }) => id === messageId),
  )
}

function missing(field: string): ChatError {
  return new ChatError('invalid-body', { field })
}

/** The first question's first words; without any, what was attached. */
function titleOf({ text, attachments }: ChatDraft): string {
  return plainText(text.trim() || (attachments[0]?.title ?? ''), TITLE_LENGTH)
}
