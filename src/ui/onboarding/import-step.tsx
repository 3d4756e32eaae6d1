import { useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { useAction } from '../app/use-action.ts'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { TextField } from '../components/text-field.tsx'
import { t } from '../words.ts'
import { useNewPassword } from './use-new-password.ts'
import { WalletForm } from './wallet-form.tsx'

type ImportKind = 'phrase' | 'evm-key' | 'solana-key'

/** A wallet from words or a key that the person has. The text leaves this page only sealed for the vault. */
export function ImportStep({ onMade }: { onMade: (password: string) => void }) {
  const { client } = useApp()
  const [kind, setKind] = useState<ImportKind>('phrase')
  const [secret, setSecret] = useState('')
  const [tried, setTried] = useState(false)
  const { fields, take } = useNewPassword()
  const [state, run] = useAction(async () => {
    setTried(true)
    const password = await take()
    if (password === null || secret.trim() === '') return
    const source = kind === 'phrase' ? { kind, phrase: secret } : { kind, key: secret.trim() }
    await client.call('wallet.create', {
      source: await client.seal(JSON.stringify(source)),
      password: await client.seal(password),
      phraseChecked: true,
    })
    setSecret('')
    onMade(password)
  })
  return (
    <WalletForm
      title={t('onboarding.importTitle')}
      password={fields}
      action={t('onboarding.importWallet')}
      state={state}
      onSubmit={run}
    >
      <ChoiceGroup
        legend={t('onboarding.importKind')}
        value={kind}
        options={[
          { value: 'phrase', label: t('onboarding.importPhrase'), hint: t('onboarding.importPhraseHint') },
          { value: 'evm-key', label: t('onboarding.importEvm'), hint: t('onboarding.importEvmHint') },
          {
            value: 'solana-key',
            label: t('onboarding.importSolana'),
            hint: t('onboarding.importSolanaHint'),
          },
        ]}
        onChange={(next) => {
          setKind(next)
          setSecret('')
        }}
      />
      <TextField
        label={kind === 'phrase' ? t('onboarding.secretPhrase') : t('onboarding.secretKey')}
        rows={3}
        mono
        maxLength={1000}
        value={secret}
        onInput={setSecret}
        error={tried && secret.trim() === '' ? t('onboarding.secretNeeded') : undefined}
      />
    </WalletForm>
  )
}
