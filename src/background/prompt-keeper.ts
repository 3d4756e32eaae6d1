/** Keeps the person's own words with a request, where the settings say so. */
import type { ChatMessage } from '../gateways/gateway.ts'
import type { Settings } from '../protocol/settings.ts'
import type { PromptBook } from './deps.ts'

/** Most characters of a prompt that are kept. */
const MAX_CHARACTERS = 4_000
const DAY_MS = 86_400_000

export interface PromptKeeperDeps {
  readonly store: {
    get(requestId: string): Promise<string | null>
    keep(requestId: string, prompt: { readonly atMs: number; readonly text: string }): Promise<void>
    dropBefore(timeMs: number): Promise<void>
  }
  readonly settings: () => Promise<Settings>
  readonly clock: { nowMs(): number }
}

export function createPromptKeeper(deps: PromptKeeperDeps) {
  return {
    book: { get: deps.store.get } satisfies PromptBook,
    /** The last message of the user; nothing where the switch is off. */
    async keep(requestId: string, messages: readonly ChatMessage[]): Promise<void> {
      if (!(await deps.settings()).privacy.promptsInHistory) return
      const text = textOf(messages.findLast(({ role }) => role === 'user')?.content)
      if (text !== '')
        await deps.store.keep(requestId, { atMs: deps.clock.nowMs(), text: text.slice(0, MAX_CHARACTERS) })
    },
    forget: (): Promise<void> => deps.store.dropBefore(Number.POSITIVE_INFINITY),
    /** Drops what is older than the person's days, or everything where the switch is off. */
    async prune(): Promise<void> {
      const { promptsInHistory, promptRetentionDays } = (await deps.settings()).privacy
      const before = promptsInHistory
        ? deps.clock.nowMs() - promptRetentionDays * DAY_MS
        : Number.POSITIVE_INFINITY
      await deps.store.dropBefore(before)
    },
  }
}

/** The text of a message's content: a string, or the text parts of a list. */
function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((part: unknown) =>
      typeof part === 'object' && part !== null && 'text' in part && typeof part.text === 'string'
        ? part.text
        : '',
    )
    .join('\n')
}
