import { useEffect, useState } from 'preact/hooks'

/** How long the result of copying is shown, in ms. */
const SHOWN_MS = 2500

/** Copies a text to the clipboard on demand. */
export function useCopy(text: string | (() => string)): {
  readonly state: 'idle' | 'copied' | 'failed'
  readonly copy: () => void
} {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [state])
  const copy = () => {
    navigator.clipboard.writeText(typeof text === 'string' ? text : text()).then(
      () => setState('copied'),
      () => setState('failed'),
    )
  }
  return { state, copy }
}
