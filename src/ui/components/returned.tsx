import type { ComponentChildren } from 'preact'
import { useLostFocus } from './use-lost-focus.ts'

/** A form that comes back in the place of what followed it: its first control then has the focus. */
export function Returned({ when, children }: { when: boolean; children: ComponentChildren }) {
  const part = useLostFocus<HTMLDivElement>('control', when)
  return (
    <div class="stack" ref={part}>
      {children}
    </div>
  )
}
