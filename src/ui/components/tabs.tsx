import { useId } from 'preact/hooks'
import './tabs.css'

interface TabsProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
}

/** A few views of one thing, side by side: radio buttons that look like tabs, so arrow keys work by themselves. */
export function Tabs<Value extends string>({ label, value, options, onChange }: TabsProps<Value>) {
  const name = useId()
  return (
    <fieldset class="tabs">
      <legend class="visually-hidden">{label}</legend>
      {options.map((option) => (
        <label key={option.value} class="tabs-option">
          <input
            type="radio"
            class="visually-hidden"
            name={name}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
          />
          <span>{option.label}</span>
        </label>
      ))}
    </fieldset>
  )
}
