/** Which messages of a conversation go out with the next question. Used by the prompt and by the panel's accounting alike. */
import type { ChatMessage, ConversationView } from './chat-views.ts'

/**
 * From the newest whole summary on, where it is not older than `sentFrom`; else from `sentFrom`; else everything. Answers
 * without text say nothing and are left out.
 */
export function messagesInContext(
  conversation: Pick<ConversationView, 'messages' | 'sentFrom'>,
): readonly ChatMessage[] {
  const { messages } = conversation
  const dropped = messages.findIndex(({ id }) => id === conversation.sentFrom)
  const summary = messages.findLastIndex(isWholeSummary)
  return messages.slice(Math.max(0, dropped, summary)).filter(hasSubstance)
}

function isWholeSummary(message: ChatMessage): boolean {
  return message.role === 'answer' && message.purpose === 'summary' && message.progress.kind === 'done'
}

function hasSubstance(message: ChatMessage): boolean {
  if (message.role === 'user') return true
  if (message.purpose === 'summary') return message.progress.kind === 'done' && message.text !== ''
  return message.text !== ''
}
