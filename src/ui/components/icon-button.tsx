import './button.css'
import { Icon, type IconType } from './icon.tsx'

interface IconButtonProps {
  readonly icon: IconType
  /** The accessible name, shown on hover too. */
  readonly label: string
  /** Said on hover and to readers, beyond the name. */
  readonly hint?: string
  readonly onClick: () => void
  readonly disabled?: boolean
  readonly pressed?: boolean
}

/** A button that is only an icon; its name is its label. */
export function IconButton({ icon, label, hint, onClick, disabled = false, pressed }: IconButtonProps) {
  return (
    <button
      type="button"
      class="icon-button"
      title={hint === undefined ? label : `${label}: ${hint}`}
      aria-label={label}
      aria-description={hint}
      aria-pressed={pressed}
      aria-disabled={disabled ? 'true' : undefined}
      onClick={() => {
        if (!disabled) onClick()
      }}
    >
      <Icon of={icon} />
    </button>
  )
}
