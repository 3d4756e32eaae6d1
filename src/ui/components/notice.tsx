import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import type { Tone } from './badge.tsx'
import { Icon } from './icon.tsx'
import './notice.css'

interface NoticeProps {
  readonly tone?: Tone
  readonly title?: ComponentChildren
  readonly children?: ComponentChildren
  readonly actions?: ComponentChildren
  /** alert: read out at once. status: when the reader is idle. */
  readonly role?: 'alert' | 'status'
}

const ICONS = { plain: Info, good: CircleCheck, held: TriangleAlert, danger: CircleAlert }

/** A few sentences that the person should read, with what to do. */
export function Notice({ tone = 'plain', title, children, actions, role }: NoticeProps) {
  return (
    <div class={`notice notice-${tone}`} role={role}>
      <Icon of={ICONS[tone]} size="1.25em" />
      <div class="notice-body">
        {title && <p class="notice-title">{title}</p>}
        {children && <div class="notice-words">{children}</div>}
        {actions && <div class="row">{actions}</div>}
      </div>
    </div>
  )
}
