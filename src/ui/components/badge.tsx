import type { ComponentChildren } from 'preact'
import './badge.css'
import { Icon, type IconType } from './icon.tsx'

export type Tone = 'plain' | 'good' | 'held' | 'danger'

/** A state in one or two words; the colour never carries it alone. */
export function Badge({
  tone = 'plain',
  icon,
  children,
}: {
  tone?: Tone
  icon?: IconType
  children: ComponentChildren
}) {
  return (
    <span class={`badge badge-${tone}`}>
      {icon && <Icon of={icon} size="1em" />}
      {children}
    </span>
  )
}
