import { BRIDGE_EVENT, HANDOVER_EVENT } from '../../protocol/page-messages.ts'
import { isEligibleDocument } from '../is-eligible-document.ts'
import type { BridgeRuntime } from './bridge-runtime.ts'
import { readPage } from './read-page.ts'
import { relay } from './relay.ts'
import { watchActivations } from './watch-activations.ts'

/** Takes the page script's end of the channel, once, unseen by the page; answers the side panel's wish to read the page. */
export function startBridge(runtime: BridgeRuntime): void {
  if (window === window.parent) runtime.onReadPage(readPage)
  if (!isEligibleDocument()) return
  const activations = watchActivations()

  function take(event: Event): void {
    const [port] = (event as MessageEvent).ports
    if (!port) return
    window.removeEventListener(HANDOVER_EVENT, take, { capture: true })
    event.stopImmediatePropagation()
    event.preventDefault()
    relay(port, runtime, activations)
  }
  window.addEventListener(HANDOVER_EVENT, take, { capture: true })
  window.dispatchEvent(new Event(BRIDGE_EVENT))
}
