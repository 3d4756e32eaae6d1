/** Our own pages' side of the UI protocol. */
import { makeBoxKey, openSealed, seal } from '../protocol/sealed-box.ts'
import { type UiClient, UiError } from '../protocol/ui-client.ts'
import {
  UI_PORT,
  type UiEvent,
  type UiMethod,
  type UiParams,
  type UiReply,
  type UiResult,
} from '../protocol/ui-protocol.ts'
import { browser } from './browser.ts'

/** Says that everything may have changed. */
const ANYTHING: readonly UiEvent[] = [
  { topic: 'ledger', principal: null, id: null },
  { topic: 'wallet' },
  { topic: 'guards' },
  { topic: 'approval' },
  { topic: 'settings' },
  { topic: 'balances' },
  { topic: 'gateways' },
  { topic: 'chat', event: { kind: 'missed' } },
]

export function createUiClient(): UiClient {
  const listeners = new Set<(event: UiEvent) => void>()

  async function call<M extends UiMethod>(method: M, params: UiParams<M>): Promise<UiResult<M>> {
    const reply: UiReply<M> | undefined = await browser.runtime.sendMessage({ ui: method, params })
    if (reply === undefined) throw new UiError('restarting')
    if (!reply.ok) throw new UiError(reply.cause, reply.facts)
    return reply.value
  }

  const tell = (event: UiEvent) => {
    for (const listener of listeners) listener(event)
  }

  function connect(): void {
    const port = browser.runtime.connect({ name: UI_PORT })
    port.onMessage.addListener(tell)
    // The worker died or the extension was updated: events go on with the next worker.
    port.onDisconnect.addListener(() => setTimeout(connectAgain, 500))
  }

  /** What the next worker said before we were connected, nobody heard; and what the dead one was asked, it never answered. */
  function connectAgain(): void {
    connect()
    for (const event of ANYTHING) tell(event)
  }

  async function sealNow(secret: string) {
    const { publicKey } = await call('secrets.key', {})
    return seal(publicKey, secret)
  }

  return {
    call,
    seal: sealNow,
    async reveal(password, what) {
      const own = await makeBoxKey()
      const { secret } = await call('wallet.reveal', {
        password: await sealNow(password),
        what,
        replyKey: own.publicKey,
      })
      return secret && openSealed(own.privateKey, secret)
    },
    onEvent(listener) {
      if (listeners.size === 0) connect()
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
