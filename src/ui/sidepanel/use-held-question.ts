import { useCallback, useState } from 'preact/hooks'

const HELD = 'chat-held'

/** Whether this conversation's draft was sent without funds and waits for a deposit. Outlives the panel. */
export function useHeldQuestion(id: string): {
  readonly held: boolean
  readonly setHeld: (held: boolean) => void
} {
  const [held, setState] = useState(() => localStorage.getItem(HELD) === id)
  const setHeld = useCallback(
    (next: boolean) => {
      if (next) localStorage.setItem(HELD, id)
      else if (localStorage.getItem(HELD) === id) localStorage.removeItem(HELD)
      setState(next)
    },
    [id],
  )
  return { held, setHeld }
}
