/** The browser's stores behind small ports: `storage.local`, `storage.session`, blobs and CryptoKeys in IndexedDB. */
import { createStore, del, get, set } from 'idb-keyval'
import { browser } from './browser.ts'
import { readBack } from './read-back.ts'
import { remember } from './remember.ts'

type Area = typeof browser.storage.local

/** Texts by key, remembered: the worker alone writes them. Another type under the key reads as null. */
export function createTextStore(area: 'local' | 'session') {
  const store: Area = browser.storage[area]
  return remember<string | null>(
    {
      async get(key) {
        const value: unknown = (await store.get(key))[key]
        return typeof value === 'string' ? value : null
      },
      set: (key, value) => store.set({ [key]: value }),
      delete: (key) => store.remove(key),
    },
    null,
  )
}

/** JSON-safe values by key in `storage.session` or `storage.local`, remembered: the worker alone writes them. The reader parses. */
export function createValueStore(area: 'local' | 'session', prefix: string) {
  const store: Area = browser.storage[area]
  const values = remember<unknown>(
    {
      async get(key) {
        return (await store.get(prefix + key))[prefix + key]
      },
      set: (key, value) => store.set({ [prefix + key]: value }),
      delete: (key) => store.remove(prefix + key),
    },
    undefined,
  )
  return {
    get: values.get,
    set: (key: string, value: unknown): Promise<void> => values.set(key, value),
    remove: values.delete,
    /** Removes whatever lies under the prefix. */
    async clear(): Promise<void> {
      const keys = Object.keys(await store.get(null)).filter((key) => key.startsWith(prefix))
      for (const key of keys) await values.delete(key.slice(prefix.length))
    },
  }
}

const blobs = () => createStore('x402-chat-blobs', 'blobs')

/** One blob under a name in IndexedDB, remembered: the worker alone writes it, and reads back what it wrote. */
export function createBlobStore(name: string) {
  const store = blobs()
  const known = remember<Uint8Array | null>(
    readBack({
      async get(key) {
        const value: unknown = await get(key, store)
        return value instanceof Uint8Array ? value : null
      },
      set: (key, bytes) => set(key, bytes, store),
      delete: (key) => del(key, store),
    }),
    null,
  )
  return {
    get: async (): Promise<Uint8Array | null> => (await known.get(name))?.slice() ?? null,
    set: (bytes: Uint8Array): Promise<void> => known.set(name, bytes.slice()),
    delete: (): Promise<void> => known.delete(name),
  }
}

/** One CryptoKey under a name in IndexedDB; it stays non-extractable. */
export function createKeyStore(name: string) {
  const store = blobs()
  return {
    async get(): Promise<CryptoKey | null> {
      const value: unknown = await get(name, store)
      return value instanceof CryptoKey ? value : null
    },
    set: (key: CryptoKey): Promise<void> => set(name, key, store),
    delete: (): Promise<void> => del(name, store),
  }
}
