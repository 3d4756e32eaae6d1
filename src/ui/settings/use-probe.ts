import { useState } from 'preact/hooks'
import type { UiParams } from '../../protocol/ui-protocol.ts'
import type { ProbeView } from '../../protocol/ui-views.ts'
import { useApp } from '../app/app.tsx'
import { useHosts } from './use-hosts.ts'

export type ProbeState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'asking' }
  | { readonly kind: 'denied' }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'read'; readonly probe: ProbeView }

export interface ProbeDesk {
  readonly state: ProbeState
  readonly reset: () => void
  /** To be called within a click. */
  readonly ask: (params: UiParams<'gateways.probe'>) => Promise<void>
}

/** Asks for access to a service's host, then for its offer. */
export function useProbe(): ProbeDesk {
  const { client } = useApp()
  const hosts = useHosts()
  const [state, setState] = useState<ProbeState>({ kind: 'idle' })
  return {
    state,
    reset: () => setState({ kind: 'idle' }),
    async ask(params) {
      setState({ kind: 'asking' })
      try {
        if (await hosts.request(params.baseUrl)) {
          setState({ kind: 'read', probe: await client.call('gateways.probe', params) })
        } else setState({ kind: 'denied' })
      } catch (error) {
        setState({ kind: 'failed', error })
      }
    },
  }
}
