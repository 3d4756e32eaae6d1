import { useEffect, useRef } from 'preact/hooks'
import type { UiClient } from '../../protocol/ui-client.ts'
import { useApp } from '../app/app.tsx'
import type { Shell } from '../app/shell.ts'
import { droppedOrigins } from './server-url.ts'

export interface Hosts {
  /** Asks for access to servers. To be called within a click. */
  readonly request: (...urls: readonly string[]) => Promise<boolean>
  /** Gives back what no gateway and no endpoint uses any more. */
  readonly release: (urls: readonly string[]) => Promise<void>
}

/** Access to servers that the person adds. What was asked for here and came to nothing is given back when the screen is left. */
export function useHosts(): Hosts {
  const { client, shell } = useApp()
  const asked = useRef<string[]>([])
  useEffect(
    () => () => {
      // Nobody is here any more to be told of a failure.
      releaseUnused(asked.current, client, shell).catch(() => undefined)
    },
    [client, shell],
  )
  return {
    async request(...urls) {
      const allowed = await shell.requestHost(...urls)
      if (allowed) asked.current.push(...urls)
      return allowed
    },
    release: (urls) => releaseUnused(urls, client, shell),
  }
}

async function releaseUnused(urls: readonly string[], client: UiClient, shell: Shell): Promise<void> {
  if (urls.length === 0) return
  const gateways = await client.call('gateways.list', {})
  const { rpc } = await client.call('settings.get', {})
  const inUse = [
    ...gateways.map(({ baseUrl }) => baseUrl),
    ...Object.values(rpc ?? {}).flat(),
    ...Object.values(shell.shippedRpc).flat(),
  ]
  for (const origin of droppedOrigins(urls, inUse)) await shell.releaseHost(origin)
}
