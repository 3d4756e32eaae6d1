import { useEffect, useRef } from 'preact/hooks'

/**
 * Takes the focus where what had it was replaced by this part, so that keyboard and screen reader go on from here; once,
 * when it appears. To the part itself (it needs `tabIndex={-1}`), or to its first control.
 */
export function useLostFocus<T extends HTMLElement>(
  to: 'part' | 'control',
  when = true,
): { current: T | null } {
  const part = useRef<T>(null)
  useEffect(() => {
    if (when) takeLostFocus(part.current, to)
  }, [when])
  return part
}

/** Leaves a focus alone that is somewhere. */
export function takeLostFocus(part: HTMLElement | null, to: 'part' | 'control'): void {
  if (part === null || !isLost()) return
  const control = part.querySelector<HTMLElement>('input, select, textarea, button')
  const target = to === 'control' ? (control ?? part) : part
  target.focus()
}

function isLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}
