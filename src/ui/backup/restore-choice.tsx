import { useState } from 'preact/hooks'
import type { BackupSummary } from '../../protocol/ui-views.ts'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { ChoiceGroup } from '../components/choice-group.tsx'
import { Notice } from '../components/notice.tsx'
import { useLostFocus } from '../components/use-lost-focus.ts'
import { thrownWords } from '../format/error-words.ts'
import { t } from '../words.ts'
import { BackupFacts } from './backup-facts.tsx'
import type { RestoreWish } from './restore-wish.ts'

interface RestoreChoiceProps {
  readonly summary: BackupSummary
  readonly busy: boolean
  readonly error: unknown
  readonly onRestore: (choice: RestoreWish) => void
  readonly onBack: () => void
}

/** What is inside and what restoring will do; another wallet is replaced only by an explicit choice. */
export function RestoreChoice({ summary, busy, error, onRestore, onBack }: RestoreChoiceProps) {
  const [replace, setReplace] = useState(false)
  const [servers, setServers] = useState(false)
  const hasChoice = summary.settings === 'other' || summary.servers.length > 0
  // An empty browser has nothing worth keeping.
  const [settings, setSettings] = useState<RestoreWish['settings']>(
    hasChoice && summary.wallet !== 'none-here' ? 'here' : 'file',
  )
  const part = useLostFocus<HTMLElement>('part')
  const isOther = summary.wallet === 'other'
  const failure = error === null ? null : thrownWords(error)
  return (
    <section class="stack part" ref={part} tabIndex={-1} aria-label={t('backup.inside')}>
      <div class="card">
        <BackupFacts summary={summary} />
      </div>
      <Notice title={t('backup.paused')}>{t('backup.pausedMeans')}</Notice>
      {summary.wallet === 'none-here' && <Notice>{t('backup.passwordComesToo')}</Notice>}
      {isOther && (
        <Notice tone="danger" title={t('backup.otherWallet')}>
          <p>{t('backup.otherWalletMeans')}</p>
          <Checkbox label={t('backup.replace')} checked={replace} onChange={setReplace} />
        </Notice>
      )}
      {hasChoice && (
        <ChoiceGroup
          legend={t('backup.whose')}
          value={settings}
          options={[
            { value: 'here', label: t('backup.keepHere'), hint: t('backup.keepHereMeans') },
            { value: 'file', label: t('backup.takeFile'), hint: t('backup.takeFileMeans') },
          ]}
          onChange={setSettings}
        />
      )}
      {summary.servers.length > 0 && settings === 'file' && (
        <Notice tone="held" title={t('backup.servers')}>
          <p>{t('backup.serversMean')}</p>
          <ul>
            {summary.servers.map((url) => (
              <li key={url}>
                <code class="small">{url}</code>
              </li>
            ))}
          </ul>
          <Checkbox label={t('backup.useServers')} checked={servers} onChange={setServers} />
        </Notice>
      )}
      {failure && (
        <Notice tone="danger" role="alert" title={failure.what}>
          {failure.todo}
        </Notice>
      )}
      <Button
        kind={isOther ? 'danger' : 'primary'}
        wide
        busy={busy}
        disabled={isOther && !replace}
        onClick={() =>
          onRestore({ replaceWallet: isOther && replace, servers: servers && settings === 'file', settings })
        }
      >
        {isOther ? t('backup.restoreReplacing') : t('backup.restoreNow')}
      </Button>
      <Button kind="quiet" onClick={onBack}>
        {t('backup.anotherFile')}
      </Button>
    </section>
  )
}
