/** After the worker's death: answers on their way are ended as they are. Nothing is sent again, so nothing is paid twice. */
import { PANEL } from '../domain/principal.ts'
import { type Conversation, isRunning, type LiveAnswer, type StoredAnswer } from './conversation.ts'
import type { ConversationBook } from './conversation-book.ts'
import type { ChatDeps } from './ports.ts'
import { chargedBy, withAnswer } from './run-answer.ts'

/** Marks what broke off, with its text so far and whether money moved, and forgets what is not to be kept. */
export async function resumeAnswers(deps: ChatDeps, book: ConversationBook): Promise<void> {
  for (const { id, running } of await book.list()) {
    if (!running) continue
    const conversation = await book.load(id)
    if (conversation) await endAnswers(deps, book, conversation)
  }
  await book.prune()
}

async function endAnswers(deps: ChatDeps, book: ConversationBook, conversation: Conversation): Promise<void> {
  const live = await book.loadLive(conversation.id)
  for (const answer of conversation.messages.filter(isRunning)) {
    const ended = await interrupted(deps, answer, live?.messageId === answer.id ? live : null)
    await book.update(conversation.id, (known) => withAnswer(known, ended))
  }
  deps.push({ kind: 'conversation', id: conversation.id })
  deps.push({ kind: 'list' })
}

/** The ledger knows by the answer's key whether anything was signed for it. */
async function interrupted(
  deps: ChatDeps,
  answer: StoredAnswer,
  live: LiveAnswer | null,
): Promise<StoredAnswer> {
  const row = await deps.ledger.findByKey(PANEL, answer.key)
  return {
    ...answer,
    text: live?.text ?? answer.text,
    reasoning: live?.reasoning ?? answer.reasoning,
    toolCalls: live?.toolCalls ?? answer.toolCalls,
    model: row?.request.model ?? answer.model,
    requestId: row?.request.id ?? answer.requestId,
    progress: { kind: 'interrupted', charged: chargedBy(row) },
  }
}
