import { ChevronRight } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { Icon } from './icon.tsx'
import './list.css'

/** Rows of one kind. */
export function List({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <ul class="list" aria-label={label}>
      {children}
    </ul>
  )
}

interface ListRowProps {
  readonly main: ComponentChildren
  readonly sub?: ComponentChildren
  readonly end?: ComponentChildren
  readonly endSub?: ComponentChildren
  /** Under both lines, as wide as the row. */
  readonly below?: ComponentChildren
  /** Where the row leads. */
  readonly href?: string
}

/** One row: what it is, about it, and a figure at the end. */
export function ListRow({ main, sub, end, endSub, below, href }: ListRowProps) {
  const body = (
    <div class="list-body">
      <span class="list-line">
        <span class="list-title">{main}</span>
        {end && <span class="list-figure">{end}</span>}
      </span>
      {(sub || endSub) && (
        <span class="list-line list-sub">
          <span class="list-about">{sub}</span>
          {endSub && <span class="list-note">{endSub}</span>}
        </span>
      )}
      {below && <div class="list-below">{below}</div>}
    </div>
  )
  return (
    <li class="list-item">
      {href ? (
        <a href={href} class="list-row list-row-link">
          {body}
          <Icon of={ChevronRight} size="1rem" />
        </a>
      ) : (
        <div class="list-row">{body}</div>
      )}
    </li>
  )
}
