import type { ComponentChildren } from 'preact'
import './empty-state.css'
import { Icon, type IconType } from './icon.tsx'

interface EmptyStateProps {
  readonly icon: IconType
  readonly title: string
  readonly children?: ComponentChildren
  readonly actions?: ComponentChildren
}

/** Nothing here yet: why, and what to do about it. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div class="empty-state">
      <span class="empty-state-icon">
        <Icon of={icon} size="1.5rem" />
      </span>
      <h2>{title}</h2>
      {children && <div class="soft">{children}</div>}
      {actions && <div class="row empty-state-actions">{actions}</div>}
    </div>
  )
}
