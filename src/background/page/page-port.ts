import type { ActivationUsed, PageReply } from '../../protocol/page-messages.ts'

/** Who is at the other end of a port, as the browser says it; never as the page does. */
export interface PageSender {
  readonly origin: string | undefined
  readonly tabId: number | undefined
  /** Of the tab's top document. */
  readonly tabUrl: string | undefined
  readonly frameId: number | undefined
  readonly documentId: string | undefined
  readonly documentLifecycle: string | undefined
}

/** One bridge's runtime port; platform makes it. */
export interface PagePort {
  readonly sender: PageSender
  post(message: PageReply | ActivationUsed): void
  onMessage(listener: (message: unknown) => void): void
  onDisconnect(listener: () => void): void
}
