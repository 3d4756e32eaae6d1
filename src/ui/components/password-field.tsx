import { Eye, EyeOff } from 'lucide-preact'
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { t } from '../words.ts'
import { Field } from './field.tsx'
import { IconButton } from './icon-button.tsx'
import { useInitialFocus } from './use-initial-focus.ts'

interface PasswordFieldProps {
  readonly label: string
  readonly value: string
  readonly onInput: (value: string) => void
  readonly hint?: ComponentChildren
  readonly error?: string | undefined
  /** A password that is being chosen, or the one that is known. */
  readonly isNew?: boolean
  readonly autoFocus?: boolean
}

/** A password, hidden until the person wants to see it. Not offered to the browser's password store. */
export function PasswordField(props: PasswordFieldProps) {
  const [shown, setShown] = useState(false)
  const type = shown ? ({ type: 'text' } as const) : ({ type: 'password' } as const)
  const isNew: boolean = props.isNew ?? false
  const input = useInitialFocus<HTMLInputElement>(props.autoFocus ?? false)
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(control) => (
        <span class="field-line">
          <input
            {...control}
            ref={input}
            class="field-control"
            {...type}
            value={props.value}
            maxLength={1000}
            autocomplete={isNew ? 'new-password' : 'current-password'}
            spellcheck={false}
            onInput={(event) => props.onInput(event.currentTarget.value)}
          />
          <IconButton
            icon={shown ? EyeOff : Eye}
            label={shown ? t('password.hide') : t('password.show')}
            onClick={() => setShown(!shown)}
          />
        </span>
      )}
    </Field>
  )
}
