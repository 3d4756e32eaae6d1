/** What the panel shows of a conversation, and what the background's events make of it. Pure. */
import type { AnswerMessage, ChatEvent, ChatMessage, ConversationView } from '../../../protocol/chat-views.ts'

export type Applied =
  | { readonly kind: 'same' }
  | { readonly kind: 'changed'; readonly conversation: ConversationView }
  /** Something was missed: read it again. */
  | { readonly kind: 'stale' }
  | { readonly kind: 'deleted' }

/** Applies one event to the conversation in sight. */
export function applyChatEvent(conversation: ConversationView, event: ChatEvent): Applied {
  switch (event.kind) {
    case 'list':
    case 'intent':
      return { kind: 'same' }
    case 'missed':
      return { kind: 'stale' }
    case 'conversation':
      return event.id === conversation.id ? { kind: 'stale' } : { kind: 'same' }
    case 'deleted':
      return event.id === conversation.id ? { kind: 'deleted' } : { kind: 'same' }
    case 'message':
      return event.id === conversation.id ? withMessage(conversation, event.message) : { kind: 'same' }
    case 'delta':
      return event.id === conversation.id ? withDelta(conversation, event) : { kind: 'same' }
  }
}

function withMessage(conversation: ConversationView, message: ChatMessage): Applied {
  if (!conversation.messages.some(({ id }) => id === message.id)) return { kind: 'stale' }
  const messages = conversation.messages.map((known) =>
    known.id === message.id ? longer(known, message) : known,
  )
  const requestId = message.role === 'answer' ? message.requestId : null
  const known = requestId === null || conversation.requestIds.includes(requestId)
  return {
    kind: 'changed',
    conversation: {
      ...conversation,
      messages,
      requestIds: known ? conversation.requestIds : [...conversation.requestIds, requestId],
    },
  }
}

/** While an answer streams, what the deltas have brought already is not taken back. */
function longer(known: ChatMessage, next: ChatMessage): ChatMessage {
  if (known.role !== 'answer' || next.role !== 'answer' || next.progress.kind !== 'streaming') return next
  const keep = (part: 'text' | 'reasoning') =>
    known[part].length > next[part].length ? known[part] : next[part]
  return { ...next, text: keep('text'), reasoning: keep('reasoning') }
}

function withDelta(
  conversation: ConversationView,
  { messageId, part, at, text }: Extract<ChatEvent, { kind: 'delta' }>,
): Applied {
  const message = conversation.messages.find(({ id }) => id === messageId)
  if (message?.role !== 'answer') return { kind: 'stale' }
  const have = message[part].length
  if (at > have) return { kind: 'stale' }
  const more = text.slice(have - at)
  if (more === '') return { kind: 'same' }
  const next: AnswerMessage = { ...message, [part]: message[part] + more }
  const messages = conversation.messages.map((known) => (known.id === messageId ? next : known))
  return { kind: 'changed', conversation: { ...conversation, messages } }
}

/** The answer on its way, where there is one. */
export function runningAnswer({ messages }: ConversationView): AnswerMessage | null {
  const isOnItsWay = (message: ChatMessage): message is AnswerMessage =>
    message.role === 'answer' && isRunning(message)
  return messages.find(isOnItsWay) ?? null
}

export function isRunning({ progress }: AnswerMessage): boolean {
  return progress.kind === 'waiting' || progress.kind === 'streaming'
}
