import { useCallback, useEffect, useRef, useState } from 'preact/hooks'

export type ActionState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'failed'; readonly error: unknown }

/** One thing that a person sets off: never twice at once, its failure kept for the screen. */
export function useAction<Args extends readonly unknown[]>(
  work: (...args: Args) => Promise<void>,
): readonly [ActionState, (...args: Args) => Promise<void>] {
  const [state, setState] = useState<ActionState>({ kind: 'idle' })
  const busy = useRef(false)
  const alive = useRef(true)
  const latest = useRef(work)
  latest.current = work
  useEffect(() => {
    alive.current = true
    return () => {
      alive.current = false
    }
  }, [])
  const run = useCallback(async (...args: Args) => {
    if (busy.current) return
    busy.current = true
    setState({ kind: 'busy' })
    try {
      await latest.current(...args)
      if (alive.current) setState({ kind: 'idle' })
    } catch (error) {
      if (alive.current) setState({ kind: 'failed', error })
    } finally {
      busy.current = false
    }
  }, [])
  return [state, run]
}
