import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { UiEvent, UiMethod, UiParams, UiResult } from '../../protocol/ui-protocol.ts'
import { useApp } from './app.tsx'

export type Resource<T> =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly value: T }
  /** The newest read failed; what was read before, if anything, is still there. */
  | { readonly kind: 'failed'; readonly error: unknown; readonly value: T | null }

interface ResourceOptions {
  /** Events after which it is read again. */
  readonly topics: readonly UiEvent['topic'][]
  /** Nothing is read while false. */
  readonly when?: boolean
}

/** What was answered last, and to which question. */
interface Kept<T> {
  readonly key: string
  readonly resource: Resource<T>
}

/** Shortest time between two reads that events cause, in ms: a stream writes the ledger many times a second. */
const COALESCE_MS = 300

/** What a method answers, kept fresh: read on mount, when params change, and after events. */
export function useResource<M extends UiMethod>(
  method: M,
  params: UiParams<M>,
  { topics, when = true }: ResourceOptions,
): readonly [Resource<UiResult<M>>, () => void] {
  const { client } = useApp()
  const key = JSON.stringify([method, params])
  const [kept, setKept] = useState<Kept<UiResult<M>>>({ key, resource: { kind: 'loading' } })
  const turn = useRef(0)
  const read = useCallback(() => {
    turn.current += 1
    const mine = turn.current
    client.call(method, params).then(
      (value) => {
        if (mine === turn.current) setKept({ key, resource: { kind: 'ready', value } })
      },
      (error: unknown) => {
        if (mine !== turn.current) return
        setKept((old) => {
          return { key, resource: { kind: 'failed', error, value: latestOf(resourceOf(old, key)) } }
        })
      },
    )
  }, [client, method, key])
  useEffect(() => {
    if (!when) return
    read()
    let timer: ReturnType<typeof setTimeout> | null = null
    const off = client.onEvent((event) => {
      if (timer !== null || !topics.includes(event.topic)) return
      timer = setTimeout(() => {
        timer = null
        read()
      }, COALESCE_MS)
    })
    return () => {
      turn.current += 1
      if (timer !== null) clearTimeout(timer)
      off()
    }
  }, [client, read, when, topics.join()])
  return [resourceOf(kept, key), read]
}

/** An answer to another question is none. */
function resourceOf<T>(kept: Kept<T>, key: string): Resource<T> {
  return kept.key === key ? kept.resource : { kind: 'loading' }
}

/** What is there to show, fresh or not. */
export function latestOf<T>(resource: Resource<T>): T | null {
  return resource.kind === 'loading' ? null : resource.value
}
