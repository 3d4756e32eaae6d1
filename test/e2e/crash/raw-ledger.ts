/** The ledger as it lies in the database, read by a page of the extension: nothing of the extension's own code stands between. */
import type { Page } from '@playwright/test'

/** The part of a stored payment that tests look at; amounts are decimal strings. */
export interface RawPayment {
  readonly id: string
  readonly state: 'reserved' | 'presented' | 'settled' | 'released'
  readonly settledBy: 'gateway' | 'chain' | null
  readonly nonce: string
  readonly maximum: string
  readonly charged: string | null
  readonly reservedAtMs: number
  readonly attempts: readonly { readonly amount: string; readonly presentedAtMs: number }[]
  readonly openedBy: { readonly requestId: string; readonly principal: string }
}

const DATABASE = 'x402-chat-ledger'

/** `page` is of the extension's origin. */
export function readPayments(page: Page): Promise<readonly RawPayment[]> {
  return page.evaluate(async (name) => {
    const wait = <T>(request: IDBRequest<T>) =>
      new Promise<T>((done, fail) => {
        request.onsuccess = () => done(request.result)
        request.onerror = () => fail(request.error)
      })
    const database = await wait(indexedDB.open(name))
    try {
      return (await wait(database.transaction('payments').objectStore('payments').getAll())) as RawPayment[]
    } finally {
      database.close()
    }
  }, DATABASE)
}

/** Forgets every gateway's terms, as before the first approval. */
export function clearPins(page: Page): Promise<void> {
  return page.evaluate(async (name) => {
    const database = await new Promise<IDBDatabase>((done, fail) => {
      const opening = indexedDB.open(name)
      opening.onsuccess = () => done(opening.result)
      opening.onerror = () => fail(opening.error)
    })
    const tx = database.transaction('pins', 'readwrite')
    tx.objectStore('pins').clear()
    await new Promise<void>((done, fail) => {
      tx.oncomplete = () => done()
      tx.onabort = () => fail(tx.error)
    })
    database.close()
  }, DATABASE)
}
