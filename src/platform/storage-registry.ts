/** Everything small in `storage.local`, in one registry: key, schema, what a missing or unreadable value means. */
import type { z } from 'zod'
import { browser } from './browser.ts'

export interface StoredValue<T> {
  get(): Promise<T>
  /** What was read last, without waiting; undefined before the first read. */
  peek(): T | undefined
  set(value: T): Promise<void>
  onChange(listener: (value: T) => void): void
}

/** A value under a key; what does not fit its schema reads as the default, which is not written back. */
export function createStoredValue<T>(
  key: string,
  schema: z.ZodType<T, z.ZodTypeDef, unknown>,
  makeDefault: () => T,
): StoredValue<T> {
  let cached: T | undefined
  const read = (value: unknown): T => {
    const parsed = schema.safeParse(value)
    return parsed.success ? parsed.data : makeDefault()
  }
  return {
    async get() {
      cached ??= read((await browser.storage.local.get(key))[key])
      return cached
    },
    peek: () => cached,
    async set(value) {
      await browser.storage.local.set({ [key]: value })
      cached = value
    },
    onChange(listener) {
      browser.storage.local.onChanged.addListener((changes) => {
        const change = changes[key]
        if (!change) return
        cached = read(change.newValue)
        listener(cached)
      })
    },
  }
}
