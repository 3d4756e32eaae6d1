/** Conversations as blobs in IndexedDB, several written in one transaction; and which run of the browser this is. */
import { createStore, get, keys, promisifyRequest } from 'idb-keyval'
import { browser } from './browser.ts'

export function createConversationStore() {
  const store = createStore('x402-chat-conversations', 'blobs')
  return {
    get: (key: string): Promise<unknown> => get(key, store),
    /** All or nothing; a value of null deletes its key. */
    put: (entries: readonly (readonly [string, unknown])[]): Promise<void> =>
      store('readwrite', (blobs) => {
        for (const [key, value] of entries) {
          if (value === null) blobs.delete(key)
          else blobs.put(value, key)
        }
        return promisifyRequest(blobs.transaction)
      }),
    keys: async (): Promise<readonly string[]> => (await keys<string>(store)).map(String),
  }
}

const RUN_KEY = 'browser-run'

/** Made at the browser's first question for it, gone when the browser ends. */
export async function browserRunId(): Promise<string> {
  const known: unknown = (await browser.storage.session.get(RUN_KEY))[RUN_KEY]
  if (typeof known === 'string') return known
  const made = crypto.randomUUID()
  await browser.storage.session.set({ [RUN_KEY]: made })
  return made
}
