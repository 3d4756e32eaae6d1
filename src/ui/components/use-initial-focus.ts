import { useEffect, useRef } from 'preact/hooks'

/** Puts the focus where a person who just came here wants it; once, when the element appears. */
export function useInitialFocus<T extends HTMLElement>(wanted: boolean): { current: T | null } {
  const element = useRef<T>(null)
  useEffect(() => {
    if (wanted) element.current?.focus()
  }, [wanted])
  return element
}
