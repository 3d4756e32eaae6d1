/** The background's side of the bridges' ports. */
import type { PagePort } from '../background/page/page-port.ts'
import { PAGE_PORT } from '../protocol/page-messages.ts'
import { browser } from './browser.ts'

/** Registers synchronously. Only our own content scripts get in. */
export function onPagePort(serve: (port: PagePort) => void): void {
  browser.runtime.onConnect.addListener((port) => {
    const { sender } = port
    if (port.name !== PAGE_PORT || sender?.id !== browser.runtime.id || !sender.tab) return
    let open = true
    port.onDisconnect.addListener(() => {
      open = false
    })
    serve({
      sender: {
        origin: sender.origin,
        tabId: sender.tab.id,
        tabUrl: sender.tab.url,
        frameId: sender.frameId,
        documentId: sender.documentId,
        documentLifecycle: sender.documentLifecycle,
      },
      post(message) {
        if (open) port.postMessage(message)
      },
      onMessage: (listener) => port.onMessage.addListener((message: unknown) => listener(message)),
      onDisconnect: (listener) => port.onDisconnect.addListener(listener),
    })
  })
}
