import {
  ANNOUNCE_EVENT,
  BRIDGE_EVENT,
  HANDOVER_EVENT,
  type PageReply,
  REQUEST_EVENT,
} from '../protocol/page-messages.ts'
import { createCalls } from './calls.ts'
import { dataOf, postTo } from './channel-primitives.ts'
import { isEligibleDocument } from './is-eligible-document.ts'
import { defineProperty, dispatchOn, freeze, listenOn, NativeCustomEvent, randomId } from './primitives.ts'
import { createProvider } from './provider.ts'

const ICON =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle cx="4" cy="4" r="4" fill="%234f46e5"/></svg>'

/** Puts `window.x402Chat` on the page, hands one end of a private channel to the bridge, and announces itself. */
export function installPageApi(): void {
  if (!isEligibleDocument()) return
  const { port1: port, port2 } = new MessageChannel()
  const { provider, receive } = createProvider(createCalls((message) => postTo(port, message)))
  try {
    defineProperty(window, 'x402Chat', { value: provider, enumerable: true })
  } catch {
    // Whoever made this window put something there already: it is theirs.
    return
  }
  port.onmessage = (event) => receive(dataOf(event) as PageReply)

  /** True once the bridge has taken the other end. */
  const handOver = () =>
    !dispatchOn(window, new MessageEvent(HANDOVER_EVENT, { cancelable: true, ports: [port2] }))
  if (!handOver()) window.addEventListener(BRIDGE_EVENT, handOver, { once: true })

  const detail = freeze({
    info: freeze({ uuid: randomId(), name: 'x402 Chat', icon: ICON, rdns: 'invalid.x402-chat' }),
    provider,
  })
  const announce = () => {
    dispatchOn(window, new NativeCustomEvent(ANNOUNCE_EVENT, { detail }))
  }
  listenOn(window, REQUEST_EVENT, announce)
  announce()
}
