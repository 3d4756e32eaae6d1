/** Pages that a later worker may tell of their budget: kept in `storage.session`, told by their document. */
import type { SleepingPages } from '../background/page/sleeping-pages.ts'
import { browser } from './browser.ts'

const KEY = 'pages'

export const sleepingPages: SleepingPages = {
  load: async () => (await browser.storage.session.get(KEY))[KEY],
  save: (pages) => browser.storage.session.set({ [KEY]: pages }),
  tell({ tabId, documentId }, event) {
    // Rejects where the document has gone: a message never reaches the next one in its tab.
    return browser.tabs.sendMessage(tabId, event, { documentId }).then(
      () => true,
      () => false,
    )
  },
}
