/**
 * The answer on its way, as long as it is by now. It grows many times a second: only what shows its text follows that;
 * everything else about the conversation (prices, buttons, other messages) follows when the answer has ended.
 */
import { useLayoutEffect, useState } from 'preact/hooks'
import type { AnswerMessage } from '../../../protocol/chat-views.ts'

export interface GrowingAnswer {
  /** The same answer with all that has come of it; one that is not on its way is returned as it is. */
  latest(answer: AnswerMessage): AnswerMessage
  onGrowth(listener: () => void): () => void
}

export interface AnswerGrowth extends GrowingAnswer {
  /** What `latest` knows from now on; null where no answer is on its way. Tells nobody. */
  set(answer: AnswerMessage | null): void
  tell(): void
}

export function createAnswerGrowth(): AnswerGrowth {
  const listeners = new Set<() => void>()
  let current: AnswerMessage | null = null
  return {
    latest: (answer) => (current?.id === answer.id ? current : answer),
    onGrowth(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    set(answer) {
      current = answer
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
