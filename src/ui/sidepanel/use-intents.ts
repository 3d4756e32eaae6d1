import { useEffect, useRef } from 'preact/hooks'
import type { PanelIntent } from '../../protocol/chat-views.ts'
import { useApp } from '../app/app.tsx'
import type { PanelHost } from './panel-host.ts'

/** What a context menu of this window asked the panel to get ready: taken when the panel opens, and while it is open. */
export function useIntents(host: Pick<PanelHost, 'windowId'>, onIntent: (intent: PanelIntent) => void): void {
  const { client } = useApp()
  const latest = useRef(onIntent)
  latest.current = onIntent
  useEffect(() => {
    let alive = true
    const take = async () => {
      const windowId = await host.windowId()
      const intent = windowId === null ? null : await client.call('chat.takeIntent', { windowId })
      if (alive && intent) latest.current(intent)
    }
    // Nothing was asked for that could be read: the panel stays as it is.
    const tryToTake = () => void take().catch(() => undefined)
    tryToTake()
    const off = client.onEvent((event) => {
      if (event.topic === 'chat' && ['intent', 'missed'].includes(event.event.kind)) tryToTake()
    })
    return () => {
      alive = false
      off()
    }
  }, [client, host])
}
