/** The background's side of the UI protocol: only our own pages get in. */
import { toUiFailure } from '../protocol/ui-failure.ts'
import { UI_PORT, type UiEvent } from '../protocol/ui-protocol.ts'
import { browser } from './browser.ts'

/** What a UI call brings, before any schema has seen it. */
export interface UiCall {
  readonly method: unknown
  readonly params: unknown
}

/** Registers synchronously. `handle` answers a UiReply; where it rejects, the page is told so: one that waits for ever can show nothing. */
export function serveUi(handle: (call: UiCall) => Promise<unknown>): { push(event: UiEvent): void } {
  const ports = new Set<ReturnType<typeof browser.runtime.connect>>()
  browser.runtime.onMessage.addListener((message: unknown, sender, respond) => {
    if (!isOurPage(sender) || typeof message !== 'object' || message === null || !('ui' in message))
      return false
    const params = 'params' in message ? message.params : undefined
    void handle({ method: message.ui, params }).catch(toUiFailure).then(respond)
    return true
  })
  browser.runtime.onConnect.addListener((port) => {
    if (port.name !== UI_PORT || !port.sender || !isOurPage(port.sender)) return
    ports.add(port)
    port.onDisconnect.addListener(() => ports.delete(port))
  })
  return {
    push(event) {
      for (const port of ports) port.postMessage(event)
    },
  }
}

/** A page of this extension, in a tab, popup or panel: not a content script, not framed by the web. */
function isOurPage(sender: {
  id?: string | undefined
  url?: string | undefined
  origin?: string | undefined
}): boolean {
  const own = new URL(browser.runtime.getURL('/')).origin
  return sender.id === browser.runtime.id && sender.origin === own && (sender.url ?? '').startsWith(`${own}/`)
}
