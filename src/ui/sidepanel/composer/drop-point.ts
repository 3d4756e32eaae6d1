/** Where a conversation may be cut so that what is left fits again. */
import { messagesInContext } from '../../../protocol/chat-context.ts'
import { estimateTokens } from '../../../protocol/chat-estimate.ts'
import type { ChatMessage, ConversationView } from '../../../protocol/chat-views.ts'

/** The first question from which on at most `tokens` are left; the last one where none is small enough; null where nothing can go. */
export function dropPoint(
  conversation: Pick<ConversationView, 'messages' | 'sentFrom'>,
  tokens: number,
): string | null {
  const sent = messagesInContext(conversation)
  let left = sent.reduce((sum, message) => sum + sizeOf(message), 0)
  let last: string | null = null
  for (const [index, message] of sent.entries()) {
    if (message.role === 'user' && index > 0) {
      last = message.id
      if (left <= tokens) return last
    }
    left -= sizeOf(message)
  }
  return last
}

function sizeOf(message: ChatMessage): number {
  const attached = message.role === 'user' ? message.attachments : []
  return estimateTokens(message.text) + attached.reduce((sum, { text }) => sum + estimateTokens(text), 0)
}
