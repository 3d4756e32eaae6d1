/** Asks a tab's bridge for the page's text, at the person's click. */
import type { ReadPageReply, ReadPageRequest } from '../protocol/page-messages.ts'
import type { PageRead } from '../protocol/ui-protocol.ts'
import { browser } from './browser.ts'

/** `needs-reload`: a page that was open before the extension was; `not-readable`: one where it may never be. */
export async function readPageOf(tabId: number, what: ReadPageRequest['readPage']): Promise<PageRead> {
  const request: ReadPageRequest = { readPage: what }
  try {
    const reply: ReadPageReply | undefined = await browser.tabs.sendMessage(tabId, request, { frameId: 0 })
    return reply ? { kind: 'read', ...reply } : { kind: 'not-readable' }
  } catch {
    const url = await browser.tabs.get(tabId).then(
      (tab) => tab.url ?? tab.pendingUrl,
      () => undefined,
    )
    return { kind: whyUnread(url) }
  }
}

/** The browser tells a tab's address only after a click on the extension there, or of a gateway's own site. */
export function whyUnread(url: string | undefined): Exclude<PageRead['kind'], 'read'> {
  if (url === undefined) return 'unknown-page'
  return /^https?:/.test(url) && !/\.pdf(?:[?#]|$)/i.test(url) ? 'needs-reload' : 'not-readable'
}
