import { useState } from 'preact/hooks'
import type { BackupSummary } from '../../protocol/ui-views.ts'
import { Button } from '../components/button.tsx'
import { Checkbox } from '../components/checkbox.tsx'
import { Notice } from '../components/notice.tsx'
import { thrownWords } from '../format/error-words.ts'
import { t } from '../words.ts'
import { BackupFacts } from './backup-facts.tsx'

export interface RestoreWish {
  readonly replaceWallet: boolean
  readonly servers: boolean
}

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
  const isOther = summary.wallet === 'other'
  const failure = error === null ? null : thrownWords(error)
  return (
    <div class="stack">
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
      {summary.servers.length > 0 && (
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
        onClick={() => onRestore({ replaceWallet: isOther && replace, servers })}
      >
        {isOther ? t('backup.restoreReplacing') : t('backup.restoreNow')}
      </Button>
      <Button kind="quiet" onClick={onBack}>
        {t('backup.anotherFile')}
      </Button>
    </div>
  )
}
