/**
 * The answer on its way, as long as it is by now. It grows many times a second: only what shows its text is rendered each
 * time; everything else about the conversation (prices, buttons, other messages) when something else changes, too.
 */
import { useLayoutEffect, useState } from 'preact/hooks'
import type { AnswerMessage, ConversationView } from '../../../protocol/chat-views.ts'
import { runningAnswer } from './conversation-state.ts'

export interface GrowingAnswer {
  /** The same conversation with all that has come of its answer. */
  whole(conversation: ConversationView): ConversationView
  /** The same answer with all that has come of it; one that is not on its way is returned as it is. */
  latest(answer: AnswerMessage): AnswerMessage
  onGrowth(listener: () => void): () => void
}

export interface AnswerGrowth extends GrowingAnswer {
  /** The newest form from now on; null where none is known. Tells nobody. */
  set(conversation: ConversationView | null): void
  tell(): void
}

export function createAnswerGrowth(): AnswerGrowth {
  const listeners = new Set<() => void>()
  let newest: ConversationView | null = null
  let running: AnswerMessage | null = null
  return {
    whole: (conversation) => (newest?.id === conversation.id ? newest : conversation),
    latest: (answer) => (running?.id === answer.id ? running : answer),
    onGrowth(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set(conversation) {
      newest = conversation
      running = conversation && runningAnswer(conversation)
    },
    tell() {
      for (const listener of listeners) listener()
    },
  }
}

/** The latest form of an answer; whoever uses it is rendered again with all growth while `follows`. */
export function useLatestAnswer(
  growing: GrowingAnswer,
  answer: AnswerMessage,
  follows: boolean,
): AnswerMessage {
  const [, setTurn] = useState(0)
  // From the first rendering on: nothing that comes meanwhile is missed.
  useLayoutEffect(
    () => (follows ? growing.onGrowth(() => setTurn((turn) => turn + 1)) : undefined),
    [growing, follows],
  )
  return growing.latest(answer)
}
