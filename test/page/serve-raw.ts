import type { PageServer } from '../../src/background/page/create-page-server.ts'
import type { PageSender } from '../../src/background/page/page-port.ts'
import type { ActivationUsed, PageReply } from '../../src/protocol/page-messages.ts'
import { SITE, senderOf } from './page-harness.ts'

/** The background without page script or bridge: for messages that neither would send. */
export function serveRaw(server: PageServer, sender: PageSender = senderOf(SITE)) {
  const replies: (PageReply | ActivationUsed)[] = []
  let send = (_message: unknown) => {}
  let disconnect = () => {}
  server.serve({
    sender,
    post: (reply) => void replies.push(JSON.parse(JSON.stringify(reply))),
    onMessage(listener) {
      send = listener
    },
    onDisconnect(listener) {
      disconnect = listener
    },
  })
  return {
    replies,
    send: (message: unknown) => send(message),
    disconnect: () => disconnect(),
    /** Until the background has nothing more to say for the moment. */
    async settled(): Promise<void> {
      for (let count = -1; count !== replies.length; ) {
        count = replies.length
        await new Promise((resolve) => setTimeout(resolve, 30))
      }
    },
  }
}
