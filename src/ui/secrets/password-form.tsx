import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { useAction } from '../app/use-action.ts'
import { Button, type ButtonKind } from '../components/button.tsx'
import type { IconType } from '../components/icon.tsx'
import { Notice } from '../components/notice.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { t } from '../words.ts'
import { passwordFailure } from './password-failure.ts'

export type PasswordResult = 'done' | 'wrong'

export interface PasswordFormProps {
  readonly action: string
  readonly kind?: ButtonKind
  readonly icon?: IconType
  readonly label?: string
  /** Said where it is not the right one; by default that it is not the password. */
  readonly wrong?: string
  readonly hint?: ComponentChildren
  readonly autoFocus?: boolean
  readonly disabled?: boolean
  /** Whether the rest of the form is right; where not, the password is not used up. */
  readonly check?: () => boolean | Promise<boolean>
  readonly onPassword: (password: string) => Promise<PasswordResult>
  /** Between the password and the button. */
  readonly children?: ComponentChildren
}

/** The password for one act. The field is emptied after every try; what the password does not explain is said below it. */
export function PasswordForm(props: PasswordFormProps) {
  const { now } = useApp()
  const [password, setPassword] = useState('')
  const [problem, setProblem] = useState<'empty' | 'wrong' | null>(null)
  const [state, submit] = useAction(async (typed: string) => {
    setProblem(null)
    if (props.check && !(await props.check())) return
    setPassword('')
    if ((await props.onPassword(typed)) === 'wrong') setProblem('wrong')
  })
  const failure = state.kind === 'failed' ? passwordFailure(state.error, now()) : null
  return (
    <form
      class="stack-tight"
      onSubmit={(event) => {
        event.preventDefault()
        if (props.disabled) return
        if (password === '') setProblem('empty')
        else void submit(password)
      }}
    >
      <PasswordField
        label={props.label ?? t('password.label')}
        hint={props.hint}
        value={password}
        onInput={setPassword}
        error={password === '' ? problemWords(problem, props.wrong) : undefined}
        autoFocus={props.autoFocus ?? false}
      />
      {props.children}
      {failure && (
        <Notice tone="danger" role="alert" title={failure.what}>
          {failure.todo}
        </Notice>
      )}
      <Button
        type="submit"
        kind={props.kind ?? 'primary'}
        {...(props.icon ? { icon: props.icon } : {})}
        busy={state.kind === 'busy'}
        disabled={props.disabled ?? false}
        wide
      >
        {props.action}
      </Button>
    </form>
  )
}

function problemWords(problem: 'empty' | 'wrong' | null, wrong = t('password.wrong')): string | undefined {
  if (problem === null) return undefined
  return problem === 'empty' ? t('password.needed') : wrong
}
