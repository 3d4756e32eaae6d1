/** How much room a conversation has left in what its model can take. Pure. */
import type { AnswerMessage, ChatMessage } from '../../../protocol/chat-views.ts'

export interface ContextRoom {
  readonly kind: 'enough' | 'nearly-full' | 'full'
  /** The history with a summary's room fits: asking for one is not paying for a refusal. */
  readonly canSum: boolean
}

export interface ContextFacts {
  /** What goes out with the next question, in tokens by our rough count, calibrated where the gateway has counted. */
  readonly tokens: number
  /** What goes out when it is summed up: the same without what was typed and attached, with the order for it. */
  readonly historyTokens: number
  /** Null where nobody said how much the model takes. */
  readonly contextLength: number | null
  /** Tokens of the longest answer. */
  readonly outputLimit: number
  /** The newest message is an answer that failed because the conversation was too long. */
  readonly refused: boolean
}

/** Share of the context, the answer's room included, from which a way out is shown. */
const NEARLY = 0.8

export function contextRoom(facts: ContextFacts): ContextRoom {
  const { tokens, historyTokens, contextLength, outputLimit, refused } = facts
  if (contextLength === null) return { kind: refused ? 'full' : 'enough', canSum: !refused }
  const used = tokens + outputLimit
  const full = refused || used > contextLength
  return {
    kind: full ? 'full' : used >= contextLength * NEARLY ? 'nearly-full' : 'enough',
    canSum: !refused && historyTokens + outputLimit <= contextLength,
  }
}

/**
 * As the makers of models word it. OpenAI and vLLM: "maximum context length", `context_length_exceeded`; Anthropic: "prompt
 * is too long"; Google: "input token count exceeds the maximum number of tokens".
 */
const TOO_LONG =
  /context[ _-]?(?:length|window|size)|(?:prompt|input|request|message)s? (?:is|are) too (?:long|large)|too many (?:input )?tokens|token count[^.]{0,40}exceeds/i
/** Source: RFC 9110, section 15.5.14. */
const CONTENT_TOO_LARGE = '413'

/** Whether an answer failed because what was asked was too long for the model or the gateway. */
export function failedByLength({ progress }: Pick<AnswerMessage, 'progress'>): boolean {
  if (progress.kind !== 'failed') return false
  if (progress.cause === 'body-too-large') return true
  return progress.facts.status === CONTENT_TOO_LARGE || TOO_LONG.test(progress.facts.said ?? '')
}

export function refusedByLength(messages: readonly ChatMessage[]): boolean {
  const last = messages.at(-1)
  return last?.role === 'answer' && failedByLength(last)
}
