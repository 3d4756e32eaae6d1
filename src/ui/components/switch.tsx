import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './field.css'

interface SwitchProps {
  readonly label: string
  readonly on: boolean
  readonly onChange: (on: boolean) => void
  readonly hint?: ComponentChildren
  readonly disabled?: boolean
}

/** On or off, at once. */
export function Switch({ label, on, onChange, hint, disabled = false }: SwitchProps) {
  const id = useId()
  return (
    <div class="switch">
      <span class="choice-words">
        <label for={id}>{label}</label>
        {hint && (
          <span id={`${id}-hint`} class="field-hint">
            {hint}
          </span>
        )}
      </span>
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={on}
        class="switch-control"
        checked={on}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </div>
  )
}
