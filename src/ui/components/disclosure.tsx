import type { ComponentChildren } from 'preact'
import './disclosure.css'

interface DisclosureProps {
  readonly summary: ComponentChildren
  readonly children: ComponentChildren
  readonly open?: boolean
}

/** More, for those who want it. */
export function Disclosure({ summary, children, open = false }: DisclosureProps) {
  return (
    <details class="disclosure" open={open}>
      <summary>{summary}</summary>
      <div class="disclosure-body">{children}</div>
    </details>
  )
}
