/** Writes a conversation into the extension's own store, as if it had been held; the worker reads it when it starts again. */
import type { Page } from '@playwright/test'
import type { Conversation, StoredMessage } from '../../src/chat/conversation.ts'
import type { Driver } from './driver.ts'

export type SeededMessage = readonly [role: 'user' | 'answer', text: string]

/** Only the last `sent` messages go out with the next question. */
export async function storeConversation(
  driver: Driver,
  page: Page,
  { id, said, sent }: { readonly id: string; readonly said: readonly SeededMessage[]; readonly sent: number },
): Promise<void> {
  const messages = said.map(([role, text], index) => messageOf(role, text, `${id}-${index}`))
  const conversation: Conversation = {
    ...{
      version: 1,
      id,
      title: id,
      named: true,
      pinned: false,
      createdAtMs: Date.now(),
      updatedAtMs: Date.now(),
    },
    options: { model: null, system: '', temperature: null, maxTokens: null },
    draft: { text: '', attachments: [] },
    ...{ messages, sentFrom: messages.at(-sent)?.id ?? null, requestIds: [] },
  }
  await page.evaluate(
    (value) =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('x402-chat-conversations')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const writing = opening.result.transaction('blobs', 'readwrite')
          writing.objectStore('blobs').put(value, `conversation ${value.id}`)
          // It is made anew of the conversations where it is lost.
          writing.objectStore('blobs').delete('index')
          writing.oncomplete = () => {
            opening.result.close()
            resolve()
          }
          writing.onerror = () => reject(writing.error)
        }
      }),
    conversation,
  )
  await driver.killWorker()
}

/** What a killed worker would leave of the answer on its way; empty while nothing of it was written. */
export function storedTextSoFar(page: Page, id: string): Promise<string> {
  return page.evaluate(
    (key) =>
      new Promise<string>((resolve, reject) => {
        const opening = indexedDB.open('x402-chat-conversations')
        opening.onerror = () => reject(opening.error)
        opening.onsuccess = () => {
          const reading = opening.result.transaction('blobs').objectStore('blobs').get(key)
          reading.onerror = () => reject(reading.error)
          reading.onsuccess = () => {
            opening.result.close()
            resolve(reading.result?.text ?? '')
          }
        }
      }),
    `live ${id}`,
  )
}

function messageOf(role: SeededMessage[0], text: string, id: string): StoredMessage {
  if (role === 'user') return { role, id, createdAtMs: Date.now(), text, attachments: [] }
  return {
    ...{ role, purpose: 'answer', id, key: `key-${id}`, createdAtMs: Date.now(), model: 'ambient/large' },
    ...{ requestId: null, text, reasoning: '', toolCalls: [], progress: { kind: 'done', finish: 'stop' } },
  }
}
