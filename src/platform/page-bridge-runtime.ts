/** The bridge's side of the runtime: one port to the background, and what only our own background may ask. */
import type { BridgeRuntime } from '../page/bridge/bridge-runtime.ts'
import { PAGE_PORT, type PageReply, type ReadPageRequest } from '../protocol/page-messages.ts'
import { browser } from './browser.ts'

type PageEvent = Extract<PageReply, { readonly event: string }>

/** How soon it is noticed that the extension has gone, in ms. */
const GONE_MS = 1_000

export const bridgeRuntime: BridgeRuntime = {
  connect() {
    const port = browser.runtime.connect({ name: PAGE_PORT })
    let unwatch = () => {}
    return {
      post: (message) => port.postMessage(message),
      onMessage: (listener) => port.onMessage.addListener(listener),
      onDisconnect(listener) {
        unwatch = watchGone(listener)
        port.onDisconnect.addListener(() => {
          unwatch()
          listener()
        })
      },
      close() {
        unwatch()
        // Of an extension that has gone nothing can be closed: it throws.
        if (browser.runtime?.id) port.disconnect()
      },
    }
  },
  onEvent(listener) {
    onOwnMessage((message: PageEvent, respond) => {
      if (!message.event) return
      listener(message)
      respond(null)
    })
  },
  onReturn(listener) {
    // A page can make such an event itself.
    window.addEventListener('pageshow', ({ isTrusted, persisted }) => {
      if (isTrusted && persisted) listener()
    })
  },
  onReadPage(read) {
    onOwnMessage((message: ReadPageRequest, respond) => {
      if (message.readPage) respond(read(message.readPage))
    })
  },
}

/** Content scripts and pages have a tab, or another id: only the background has neither. */
function onOwnMessage<T>(listener: (message: T, respond: (reply: unknown) => void) => void): void {
  browser.runtime.onMessage.addListener((message: T, sender, respond) => {
    if (sender.id === browser.runtime.id && !sender.tab) listener(message, respond)
  })
}

/** An extension that is reloaded or updated takes along the port that was made in its last moment, and no event says so. */
function watchGone(listener: () => void): () => void {
  const watch = setInterval(() => {
    if (browser.runtime?.id) return
    clearInterval(watch)
    listener()
  }, GONE_MS)
  return () => clearInterval(watch)
}
