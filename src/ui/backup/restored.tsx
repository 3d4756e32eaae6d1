import type { BackupSummary } from '../../protocol/ui-views.ts'
import { LinkButton } from '../components/link-button.tsx'
import { Notice } from '../components/notice.tsx'
import { useLostFocus } from '../components/use-lost-focus.ts'
import { t } from '../words.ts'
import { BackupFacts } from './backup-facts.tsx'
import type { RestoreWish } from './restore-wish.ts'

/** What was brought back, and how the wallet stands now. `summary` is as the file was found. */
export function Restored({ summary, wish }: { summary: BackupSummary; wish: RestoreWish }) {
  const part = useLostFocus<HTMLElement>('part')
  return (
    <section class="stack part" ref={part} tabIndex={-1} aria-label={t('backup.restored')}>
      <Notice tone="good" role="status" title={t('backup.restored')}>
        {walletNow(summary.wallet)} {summary.adds.grants > 0 && t('backup.sitesPaused')}
      </Notice>
      <div class="card">
        <BackupFacts summary={summary} restored={wish} />
      </div>
      <LinkButton kind="primary" href="#/" wide>
        {t('backup.toHome')}
      </LinkButton>
    </section>
  )
}

/** Only a wallet that was put in place is locked by it. */
function walletNow(found: BackupSummary['wallet']): string {
  switch (found) {
    case 'none-here':
    case 'other':
      return t('backup.restoredLocked')
    case 'same':
      return t('backup.restoredSame')
    case 'none-inside':
      return t('backup.restoredNone')
  }
}
