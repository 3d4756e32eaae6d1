import { useCallback, useEffect, useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { parseRoute, routeTo } from '../app/use-route.ts'

const REMEMBERED = 'chat-current'

export interface Current {
  /** Null while it is being found. */
  readonly id: string | null
  readonly error: unknown
  readonly open: (id: string) => void
  /** A new one, with the model of the one in sight. */
  readonly create: () => Promise<void>
  /** Another one, because this one is gone. */
  readonly leave: () => void
}

/** The conversation in sight: that of the address, of last time, the newest, or a new one. */
export function useCurrent(): Current {
  const { client } = useApp()
  const [id, setId] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)

  const open = useCallback((next: string) => {
    localStorage.setItem(REMEMBERED, next)
    history.replaceState(null, '', routeTo('c', next))
    setError(null)
    setId(next)
  }, [])

  const find = useCallback(async () => {
    const [, routed] = parseRoute(location.hash)
    for (const wanted of [routed, localStorage.getItem(REMEMBERED)]) {
      if (wanted && (await client.call('chat.get', { id: wanted }))) return wanted
    }
    const [newest] = await client.call('chat.list', { text: '' })
    return newest?.id ?? (await client.call('chat.create', { like: null })).id
  }, [client])

  const leave = useCallback(() => {
    setId(null)
    find().then(open, setError)
  }, [find, open])

  useEffect(leave, [leave])

  const create = useCallback(async () => {
    const made = await client.call('chat.create', { like: id })
    open(made.id)
  }, [client, id, open])

  return { id, error, open, create, leave }
}
