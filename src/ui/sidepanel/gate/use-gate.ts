import { useEffect, useState } from 'preact/hooks'
import type { BalanceView } from '../../../protocol/ui-views.ts'
import { latestOf, useResource } from '../../app/use-resource.ts'
import type { PanelHost } from '../panel-host.ts'
import { decideGate, type Gate } from './gate.ts'

/** How often an empty wallet is looked at while the panel is in sight, ms. */
const LOOK_MS = 10_000

export interface GateState {
  readonly gate: Gate
  readonly balances: readonly BalanceView[] | null
  /** An approval waits for the person in its window. */
  readonly approvalOpen: boolean
}

/** Whether the panel can pay, kept fresh; an empty wallet is looked at again until something arrives. */
export function useGate(host: PanelHost): GateState {
  const online = useOnline(host)
  const [home] = useResource('home.get', { tabUrl: null }, { topics: ['wallet', 'guards', 'approval'] })
  const view = latestOf(home)
  const wallet = view?.wallet.kind === 'locked' || view?.wallet.kind === 'unlocked'
  const [known] = useResource('balances.get', { refresh: false }, { topics: ['balances'], when: wallet })
  const balances = latestOf(known)
  const gate = decideGate(view, { online, balances })
  const [, look] = useResource(
    'balances.get',
    { refresh: true },
    { topics: [], when: gate.kind === 'no-funds' },
  )
  useEffect(() => {
    if (gate.kind !== 'no-funds') return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') look()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [gate.kind, look])
  return { gate, balances, approvalOpen: (view?.approvalsWaiting ?? 0) > 0 }
}

function useOnline(host: PanelHost): boolean {
  const [online, setOnline] = useState(host.isOnline)
  useEffect(() => host.onOnlineChange(() => setOnline(host.isOnline())), [host])
  return online
}
