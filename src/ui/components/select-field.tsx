import type { ComponentChildren } from 'preact'
import { Field } from './field.tsx'

interface SelectFieldProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly options: readonly { readonly value: Value; readonly label: string }[]
  readonly onChange: (value: Value) => void
  readonly hint?: ComponentChildren
  readonly hideLabel?: boolean
}

/** One of several, by the browser's own list. */
export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  return (
    <Field label={props.label} hint={props.hint} hideLabel={props.hideLabel ?? false}>
      {(control) => (
        <select
          {...control}
          class="field-control"
          value={props.value}
          onChange={(event) => {
            const chosen = props.options.find((option) => option.value === event.currentTarget.value)
            if (chosen) props.onChange(chosen.value)
          }}
        >
          {props.options.map((option) => (
            <option key={option.value} value={option.value} selected={option.value === props.value}>
              {option.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
