import { Download } from 'lucide-preact'
import { useState } from 'preact/hooks'
import { useApp } from '../app/app.tsx'
import { Screen, Section } from '../app/screen.tsx'
import { routeTo } from '../app/use-route.ts'
import { LinkButton } from '../components/link-button.tsx'
import { Notice } from '../components/notice.tsx'
import { NewPassword } from '../onboarding/new-password.tsx'
import { useNewPassword } from '../onboarding/use-new-password.ts'
import { PasswordForm, type PasswordResult } from '../secrets/password-form.tsx'
import { WithWallet } from '../transfers/with-wallet.tsx'
import { t } from '../words.ts'
import { backupName } from './backup-name.ts'
import { fetchFile } from './carry-file.ts'

/** Everything in one encrypted file, and the way back. */
export function ExportScreen({ back }: { back: string }) {
  return (
    <Screen title={t('backup.title')} back={back}>
      <Section title={t('backup.make')}>
        <WithWallet>{() => <Export />}</WithWallet>
      </Section>
      <Section title={t('backup.restore')}>
        <p class="soft">{t('backup.restoreMeans')}</p>
        <p>
          <LinkButton href={routeTo('settings', 'restore')}>{t('backup.restoreFrom')}</LinkButton>
        </p>
      </Section>
      <Section title={t('backup.history')}>
        <p class="soft">
          {t('backup.historyMeans')} <a href={routeTo('history')}>{t('backup.toHistory')}</a>
        </p>
      </Section>
    </Screen>
  )
}

interface SavedFile {
  readonly name: string
  readonly books: 'inside' | 'unread'
}

/** That it is saved, and what could not be put into it. */
export function Saved({ name, books }: SavedFile) {
  return (
    <>
      <Notice tone="good" title={t('backup.saved', { name })}>
        {t('backup.savedMeans')}
      </Notice>
      {books === 'unread' && (
        <Notice tone="danger" title={t('backup.withoutBooks')}>
          {t('backup.withoutBooksMeans')}
        </Notice>
      )}
    </>
  )
}

function Export() {
  const { client, shell, now } = useApp()
  const passphrase = useNewPassword()
  const [saved, setSaved] = useState<SavedFile | null>(null)
  const save = async (password: string): Promise<PasswordResult> => {
    setSaved(null)
    const chosen = await passphrase.take()
    if (chosen === null) return 'done'
    const result = await client.call('backup.export', {
      password: await client.seal(password),
      passphrase: await client.seal(chosen),
    })
    if ('wrongPassword' in result) return 'wrong'
    const name = backupName(now())
    shell.saveFile(name, 'application/octet-stream', await fetchFile(client, result))
    setSaved({ name, books: result.books })
    return 'done'
  }
  return (
    <div class="card stack">
      <p class="soft">{t('backup.holds')}</p>
      <NewPassword
        label={t('backup.passphrase')}
        repeatLabel={t('backup.repeatPassphrase')}
        {...passphrase.fields}
      />
      <PasswordForm
        label={t('backup.walletPassword')}
        hint={t('backup.walletPasswordHint')}
        action={t('backup.save')}
        icon={Download}
        check={async () => (await passphrase.take()) !== null}
        onPassword={save}
      />
      <div role="status">{saved !== null && <Saved {...saved} />}</div>
    </div>
  )
}
