import type { ComponentChildren } from 'preact'
import { Field } from './field.tsx'
import { useInitialFocus } from './use-initial-focus.ts'

export interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: ComponentChildren
  readonly error?: string | undefined
  readonly hideLabel?: boolean
  readonly placeholder?: string
  readonly rows?: number
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'url' | 'search'
  readonly type?: 'text' | 'search' | 'url'
  readonly mono?: boolean
  readonly maxLength?: number
  readonly suffix?: string
  readonly autoFocus?: boolean
  readonly list?: string
}

/** One line of text, or several with `rows`. Nothing is corrected, completed or remembered by the browser. */
export function TextField(props: TextFieldProps) {
  const input = useInitialFocus<HTMLInputElement>(props.autoFocus ?? false)
  return (
    <Field label={props.label} hint={props.hint} error={props.error} hideLabel={props.hideLabel ?? false}>
      {(control) => {
        const shared = {
          ...control,
          class: `field-control${props.mono ? ' mono' : ''}`,
          value: props.value,
          placeholder: props.placeholder,
          maxLength: props.maxLength,
          autocomplete: 'off',
          autocapitalize: 'off',
          spellcheck: false,
          dir: 'auto',
        } as const
        if (props.rows) {
          return (
            <textarea
              {...shared}
              rows={props.rows}
              onInput={(event) => props.onInput(event.currentTarget.value)}
            />
          )
        }
        return (
          <span class="field-line">
            <input
              {...shared}
              ref={input}
              type={props.type ?? 'text'}
              inputMode={props.inputMode}
              list={props.list}
              onInput={(event) => props.onInput(event.currentTarget.value)}
            />
            {props.suffix && (
              <span class="field-suffix" aria-hidden="true">
                {props.suffix}
              </span>
            )}
          </span>
        )
      }}
    </Field>
  )
}
