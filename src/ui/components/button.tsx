import type { ComponentChildren } from 'preact'
import './button.css'
import { Icon, type IconType } from './icon.tsx'
import { Ring } from './ring.tsx'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

export interface ButtonProps {
  readonly children: ComponentChildren
  readonly kind?: ButtonKind
  readonly size?: 'm' | 's'
  readonly icon?: IconType
  /** Fills the line. */
  readonly wide?: boolean
  /** Cannot be pressed now; stays focusable, so that a keyboard finds it and hears why. */
  readonly disabled?: boolean
  readonly busy?: boolean
  readonly pressed?: boolean
  readonly type?: 'button' | 'submit'
  readonly describedBy?: string
  readonly buttonRef?: (element: HTMLButtonElement | null) => void
  readonly onClick?: (event: MouseEvent) => void
}

/** A button with words. A busy one says so and ignores presses. */
export function Button(props: ButtonProps) {
  const { children, kind = 'secondary', size = 'm', type = 'button', busy = false } = props
  const off = props.disabled === true || busy
  return (
    <button
      type={type}
      ref={props.buttonRef ?? null}
      class={`button button-${kind} button-${size}${props.wide ? ' button-wide' : ''}`}
      aria-disabled={off ? 'true' : undefined}
      aria-busy={busy ? 'true' : undefined}
      aria-pressed={props.pressed}
      aria-describedby={props.describedBy}
      onClick={(event) => {
        if (off) event.preventDefault()
        else props.onClick?.(event)
      }}
    >
      {busy ? <Ring /> : props.icon && <Icon of={props.icon} />}
      <span class="button-words">{children}</span>
    </button>
  )
}
