/** Everything that a page of the extension can read of its stores, as one text. */
import type { Page } from '@playwright/test'

export function dumpStores(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const show = (value: unknown): unknown => {
      if (value instanceof Uint8Array) return { bytes: Array.from(value) }
      if (value instanceof ArrayBuffer) return { bytes: Array.from(new Uint8Array(value)) }
      if (typeof value === 'bigint') return value.toString()
      if (Array.isArray(value)) return value.map(show)
      if (typeof value === 'object' && value !== null)
        return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, show(part)]))
      return value
    }
    const settled = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
    const rows: unknown[] = []
    for (const { name } of await indexedDB.databases()) {
      const database = await settled(indexedDB.open(name ?? ''))
      for (const store of database.objectStoreNames) {
        const opened = database.transaction(store).objectStore(store)
        rows.push({ name, store, keys: show(await settled(opened.getAllKeys())) })
        for (const row of await settled(opened.getAll())) rows.push(show(row))
      }
      database.close()
    }
    const storage = {
      local: await chrome.storage.local.get(null),
      session: await chrome.storage.session.get(null),
      page: { ...localStorage },
    }
    return JSON.stringify({ rows, storage })
  })
}
