import { Notice } from '../components/notice.tsx'
import { probeFailure } from './gateway-failure.ts'
import { NoAccess } from './no-access.tsx'
import type { ProbeState } from './use-probe.ts'

/** Why there is no offer to see. Looking costs nothing. */
export function ProbeOutcome({ state }: { state: ProbeState }) {
  switch (state.kind) {
    case 'idle':
    case 'asking':
    case 'read':
      return null
    case 'denied':
      return <NoAccess />
    case 'failed': {
      const words = probeFailure(state.error)
      return (
        <Notice tone="danger" role="alert" title={words.what}>
          {words.todo}
        </Notice>
      )
    }
  }
}
