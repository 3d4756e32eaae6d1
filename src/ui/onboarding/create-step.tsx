import { useApp } from '../app/app.tsx'
import { useAction } from '../app/use-action.ts'
import { t } from '../words.ts'
import { useNewPassword } from './use-new-password.ts'
import { WalletForm } from './wallet-form.tsx'

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
    <WalletForm
      title={t('onboarding.passwordTitle')}
      password={fields}
      action={t('onboarding.createWallet')}
      state={state}
      onSubmit={create}
    >
      <p class="soft">{t('onboarding.passwordMeans')}</p>
    </WalletForm>
  )
}
