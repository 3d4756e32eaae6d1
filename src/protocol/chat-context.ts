/** Which messages of a conversation go out with the next question. Used by the prompt and by the panel's accounting alike. */
import type { ChatMessage, ConversationView } from './chat-views.ts'

/** What is said after the conversation to have it summed up. */
export const SUMMARY_ORDER =
  'Summarise the conversation so far, so that it can be continued from the summary alone: what was asked, what was found, decisions, names, figures and code that still matter, and what is open. Write the summary only.'

/** Ends of an answer that broke it off, as gateways say them. */
const CUT: ReadonlySet<string | null> = new Set(['length', 'content_filter'])

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

/** One that may stand for what is above it: it has words, and nothing cut it off. */
export function isWholeSummary(message: ChatMessage): boolean {
  if (message.role !== 'answer' || message.purpose !== 'summary') return false
  const { progress, text } = message
  return progress.kind === 'done' && !CUT.has(progress.finish) && text.trim() !== ''
}

function hasSubstance(message: ChatMessage): boolean {
  if (message.role === 'user') return true
  if (message.purpose === 'summary') return isWholeSummary(message)
  return message.text !== ''
}
