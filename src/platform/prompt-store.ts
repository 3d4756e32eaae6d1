/** Prompts by request, only where the person switched that on; gone after their days. */
import { createStore, del, entries, get, set } from 'idb-keyval'

export interface KeptPrompt {
  readonly atMs: number
  readonly text: string
}

export function createPromptStore() {
  const store = createStore('x402-chat-prompts', 'prompts')
  return {
    async get(requestId: string): Promise<string | null> {
      const kept: unknown = await get(requestId, store)
      return isKept(kept) ? kept.text : null
    },
    keep: (requestId: string, prompt: KeptPrompt): Promise<void> => set(requestId, prompt, store),
    /** Deletes what is older than a time, unix ms; everything for Infinity. */
    async dropBefore(timeMs: number): Promise<void> {
      for (const [key, kept] of await entries(store)) {
        if (!isKept(kept) || kept.atMs < timeMs) await del(key, store)
      }
    },
  }
}

function isKept(value: unknown): value is KeptPrompt {
  return (
    typeof value === 'object' &&
    value !== null &&
    'text' in value &&
    typeof value.text === 'string' &&
    'atMs' in value
  )
}
