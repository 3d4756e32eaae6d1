import type { ChatMessage } from './prompt-input.ts'

/** Letters per token where only a guess is possible; the gateway counts for the bill. */
const LETTERS_PER_TOKEN = 4
const TOKENS_PER_MESSAGE = 4

/** Tokens that messages take, by a rough guess. */
export function estimateTokens(messages: readonly ChatMessage[]): number {
  return messages.reduce((sum, message) => sum + tokensOf(message), 0)
}

/**
 * Makes room by leaving out the oldest messages but the system's. `dropped`: whether any went. Throws
 * QuotaExceededError (DOMException) where the new ones alone do not fit.
 */
export function fitContext(
  history: readonly ChatMessage[],
  added: readonly ChatMessage[],
  window: number,
): { readonly messages: readonly ChatMessage[]; readonly dropped: boolean } {
  const system = history.filter(({ role }) => role === 'system')
  let rest = history.filter(({ role }) => role !== 'system')
  if (estimateTokens([...system, ...added]) > window)
    throw new DOMException('The prompt does not fit into the context window.', 'QuotaExceededError')
  const before = rest.length
  while (estimateTokens([...system, ...rest, ...added]) > window) rest = rest.slice(1)
  return { messages: [...system, ...rest, ...added], dropped: rest.length < before }
}

function tokensOf({ content }: ChatMessage): number {
  if (typeof content === 'string') return TOKENS_PER_MESSAGE + Math.ceil(content.length / LETTERS_PER_TOKEN)
  const letters = content.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 3_000), 0)
  return TOKENS_PER_MESSAGE + Math.ceil(letters / LETTERS_PER_TOKEN)
}
