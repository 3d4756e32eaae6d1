import type { ComponentChildren } from 'preact'
import './button.css'
import type { ButtonKind } from './button.tsx'
import { Icon, type IconType } from './icon.tsx'

interface LinkButtonProps {
  readonly href: string
  readonly children: ComponentChildren
  readonly kind?: ButtonKind
  readonly size?: 'm' | 's'
  readonly icon?: IconType
  readonly wide?: boolean
  /** Opens in a new tab; the page there learns nothing of us. */
  readonly newTab?: boolean
}

/** A link that looks like a button: it goes somewhere, it does nothing. */
export function LinkButton({ href, children, kind = 'secondary', ...rest }: LinkButtonProps) {
  return (
    <a
      href={href}
      class={`link-button button-${kind} button-${rest.size ?? 'm'}${rest.wide ? ' button-wide' : ''}`}
      {...(rest.newTab ? { target: '_blank', rel: 'noreferrer noopener' } : {})}
    >
      {rest.icon && <Icon of={rest.icon} />}
      <span class="button-words">{children}</span>
    </a>
  )
}
