import { useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { FailureNotice } from '../app/failure-notice.tsx'
import { useAction } from '../app/use-action.ts'
import { routeTo } from '../app/use-route.ts'
import { Button } from '../components/button.tsx'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { TextField } from '../components/text-field.tsx'
import { t } from '../words.ts'
import { NewPassword } from './new-password.tsx'
import { useNewPassword } from './use-new-password.ts'

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
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void run()
      }}
    >
      <h1>{t('onboarding.importTitle')}</h1>
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
      <NewPassword {...fields} label={t('password.label')} repeatLabel={t('onboarding.repeat')} />
      {state.kind === 'failed' && <FailureNotice error={state.error} />}
      <div class="row">
        <Button type="submit" kind="primary" busy={state.kind === 'busy'}>
          {t('onboarding.importWallet')}
        </Button>
        <a href={routeTo()}>{t('common.back')}</a>
      </div>
    </form>
  )
}
