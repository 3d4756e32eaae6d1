import type {
  ActivationUsed,
  BridgeMessage,
  PageReply,
  ReadPageReply,
  ReadPageRequest,
} from '../../protocol/page-messages.ts'

/** One connection to the background; it ends with the worker. */
export interface BackgroundPort {
  post(message: BridgeMessage): void
  onMessage(listener: (reply: PageReply | ActivationUsed) => void): void
  /** Not called after `close`. */
  onDisconnect(listener: () => void): void
  close(): void
}

/** What the bridge needs of the browser; platform implements it. */
export interface BridgeRuntime {
  /** Starts the worker where it sleeps. Throws where the extension was updated or removed. */
  connect(): BackgroundPort
  /** What a worker tells a page whose port ended with an earlier one. */
  onEvent(listener: (event: Extract<PageReply, { readonly event: string }>) => void): void
  /** The document came back from the back/forward cache. */
  onReturn(listener: () => void): void
  /** Asked by our own background only. */
  onReadPage(read: (what: ReadPageRequest['readPage']) => ReadPageReply): void
}
