import { useState } from 'preact/hooks'
import type { Settings } from '../../protocol/settings.ts'
import { useApp } from '../app/app.tsx'
import { type ActionState, useAction } from '../app/use-action.ts'
import { t } from '../words.ts'
import { parseRpcDraft, type RpcDraft, type RpcErrors, type RpcNetwork, rpcDraftOf } from './rpc-draft.ts'
import { useHosts } from './use-hosts.ts'
import type { ChangeSettings } from './with-settings.tsx'

export interface RpcDesk {
  readonly draft: RpcDraft
  readonly errors: RpcErrors
  /** Access to a server was refused; nothing was saved. */
  readonly denied: boolean
  readonly state: ActionState
  readonly write: (network: RpcNetwork, urls: readonly [string, string]) => void
  /** To be called within a click: asks for every new host in one question. */
  readonly save: () => void
  readonly reset: () => void
}

/** The endpoints on their way in; hosts that are no longer used are given back. */
export function useRpcForm(rpc: Settings['rpc'], change: ChangeSettings): RpcDesk {
  const { shell, say } = useApp()
  const hosts = useHosts()
  const [draft, setDraft] = useState(() => rpcDraftOf(rpc, shell.shippedRpc))
  const [errors, setErrors] = useState<RpcErrors>({})
  const [denied, setDenied] = useState(false)
  const keep = async (wanted: Settings['rpc']) => {
    const before = Object.values(rpc ?? {}).flat()
    if (!(await change((now) => ({ ...now, rpc: wanted })))) return
    await hosts.release(before)
    say(t('common.saved'))
  }
  const [state, save] = useAction(async () => {
    const parsed = parseRpcDraft(draft, shell.shippedRpc)
    setErrors(parsed.kind === 'ok' ? {} : parsed.errors)
    setDenied(false)
    if (parsed.kind === 'wrong') return
    if (await hosts.request(...parsed.urls)) await keep(parsed.rpc)
    else setDenied(true)
  })
  const [, reset] = useAction(async () => {
    setDraft(rpcDraftOf(null, shell.shippedRpc))
    setErrors({})
    await keep(null)
  })
  return {
    ...{ draft, errors, denied, state },
    write: (network, urls) => setDraft({ ...draft, [network]: urls }),
    save: () => void save(),
    reset: () => void reset(),
  }
}
