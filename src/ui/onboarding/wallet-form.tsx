import type { ComponentChildren } from 'preact'
import { FailureNotice } from '../app/failure-notice.tsx'
import type { ActionState } from '../app/use-action.ts'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { t } from '../words.ts'
import { NewPassword, type NewPasswordProps } from './new-password.tsx'

interface WalletFormProps {
  readonly title: string
  /** What is asked for before the password. */
  readonly children: ComponentChildren
  readonly password: Omit<NewPasswordProps, 'label' | 'repeatLabel'>
  readonly action: string
  readonly state: ActionState
  readonly onSubmit: () => Promise<void>
}

/** A wallet is made from what is asked for and a new password. */
export function WalletForm({ title, children, password, action, state, onSubmit }: WalletFormProps) {
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void onSubmit()
      }}
    >
      <h1>{title}</h1>
      {children}
      <NewPassword {...password} label={t('password.label')} repeatLabel={t('onboarding.repeat')} />
      {state.kind === 'failed' && <FailureNotice error={state.error} />}
      <div class="row">
        <Button type="submit" kind="primary" busy={state.kind === 'busy'}>
          {action}
        </Button>
        <a href={routeTo()}>{t('common.back')}</a>
      </div>
    </form>
  )
}
