import type { ComponentChildren } from 'preact'
import './field.css'

interface CheckboxProps {
  readonly label: ComponentChildren
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
}

/** A statement that the person makes, or one item of several. */
export function Checkbox({ label, checked, onChange }: CheckboxProps) {
  return (
    <label class="choice">
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.currentTarget.checked)} />
      <span class="choice-words">{label}</span>
    </label>
  )
}
