import { useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { Screen } from '../app/screen.tsx'
import { useAction } from '../app/use-action.ts'
import { Button } from '../components/button.tsx'
import { Notice } from '../components/notice.tsx'
import { PasswordField } from '../components/password-field.tsx'
import { NewPassword } from '../onboarding/new-password.tsx'
import { useNewPassword } from '../onboarding/use-new-password.ts'
import { t } from '../words.ts'
import { passwordFailure } from './password-failure.ts'

/** A new password for the same wallet: the old one first, the new one twice. */
export function ChangePasswordScreen({ back }: { back: string }) {
  const { client, now, say } = useApp()
  const [old, setOld] = useState('')
  const [problem, setProblem] = useState<string | undefined>()
  const next = useNewPassword()
  const [state, submit] = useAction(async () => {
    setProblem(old === '' ? t('password.needed') : undefined)
    const password = await next.take()
    if (old === '' || password === null) return
    const { changed } = await client.call('wallet.changePassword', {
      oldPassword: await client.seal(old),
      newPassword: await client.seal(password),
    })
    if (!changed) {
      setOld('')
      setProblem(t('password.wrong'))
      return
    }
    say(t('secrets.passwordChanged'))
    location.hash = back
  })
  const failure = state.kind === 'failed' ? passwordFailure(state.error, now()) : null
  return (
    <Screen title={t('secrets.changePassword')} back={back}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void submit()
        }}
      >
        <p class="soft">{t('secrets.changeMeans')}</p>
        <PasswordField
          label={t('secrets.oldPassword')}
          value={old}
          onInput={(value) => {
            setOld(value)
            setProblem(undefined)
          }}
          error={problem}
        />
        <NewPassword label={t('secrets.newPassword')} repeatLabel={t('onboarding.repeat')} {...next.fields} />
        {failure && (
          <Notice tone="danger" role="alert" title={failure.what}>
            {failure.todo}
          </Notice>
        )}
        <Button type="submit" kind="primary" wide busy={state.kind === 'busy'}>
          {t('secrets.change')}
        </Button>
      </form>
    </Screen>
  )
}
