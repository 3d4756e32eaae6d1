import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import './field.css'

interface FieldProps {
  readonly label: string
  readonly hint?: ComponentChildren
  /** What is wrong, and how to mend it; empty where nothing is. */
  readonly error?: string | undefined
  readonly hideLabel?: boolean
  /** Renders the control with these attributes. */
  readonly children: (control: ControlAttributes) => ComponentChildren
}

export interface ControlAttributes {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: 'true'
}

/** Label, control, hint and error, tied together. */
export function Field({ label, hint, error, hideLabel = false, children }: FieldProps) {
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div class={`field${error ? ' field-wrong' : ''}`}>
      <label for={id} class={hideLabel ? 'visually-hidden' : 'field-label'}>
        {label}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': 'true' } : {}),
      })}
      {hint && (
        <div id={`${id}-hint`} class="field-hint">
          {hint}
        </div>
      )}
      <div aria-live="polite">
        {error && (
          <p id={`${id}-error`} class="field-error">
            {error}
          </p>
        )}
      </div>
    </div>
  )
}
