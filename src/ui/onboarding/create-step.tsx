import { useApp } from '../app/app.tsx'
import { FailureNotice } from '../app/failure-notice.tsx'
import { useAction } from '../app/use-action.ts'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { t } from '../words.ts'
import { NewPassword } from './new-password.tsx'
import { useNewPassword } from './use-new-password.ts'

/** A new wallet: the password first; the words are made inside the vault and shown next. */
export function CreateStep({ onMade }: { onMade: (password: string) => void }) {
  const { client } = useApp()
  const { fields, take } = useNewPassword()
  const [state, create] = useAction(async () => {
    const password = await take()
    if (password === null) return
    await client.call('wallet.create', {
      source: null,
      password: await client.seal(password),
      phraseChecked: false,
    })
    onMade(password)
  })
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <h1>{t('onboarding.passwordTitle')}</h1>
      <p class="soft">{t('onboarding.passwordMeans')}</p>
      <NewPassword {...fields} label={t('password.label')} repeatLabel={t('onboarding.repeat')} />
      {state.kind === 'failed' && <FailureNotice error={state.error} />}
      <div class="row">
        <Button type="submit" kind="primary" busy={state.kind === 'busy'}>
          {t('onboarding.createWallet')}
        </Button>
        <a href={routeTo()}>{t('common.back')}</a>
      </div>
    </form>
  )
}
