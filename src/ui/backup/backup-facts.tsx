import type { BackupSummary } from '../../protocol/ui-views.ts'
import { FactList } from '../components/fact-list.tsx'
import { formatCount } from '../format/count.ts'
import { formatDateTime } from '../format/time.ts'
import { t } from '../words.ts'
import type { RestoreWish } from './restore-wish.ts'

interface BackupFactsProps {
  readonly summary: BackupSummary
  /** How it was restored; null before that. */
  readonly restored?: RestoreWish | null
}

/** What is inside a backup file, and what that means here: before it is restored, or after. */
export function BackupFacts({ summary, restored = null }: BackupFactsProps) {
  return (
    <FactList
      facts={[
        { name: t('backup.made'), value: formatDateTime(summary.createdAtMs) },
        {
          name: t('backup.wallet'),
          value: restored ? walletDone(summary.wallet) : walletWords(summary.wallet),
        },
        summary.evm === null
          ? null
          : { name: t('address.evm'), value: <code class="small">{summary.evm}</code> },
        summary.solana === null
          ? null
          : { name: t('address.solana'), value: <code class="small">{summary.solana}</code> },
        ...booksFacts(summary, restored !== null),
        { name: t('backup.gateways'), value: formatCount(summary.gateways) },
        {
          name: t('backup.settings'),
          value: restored ? settingsDone(summary, restored) : settingsWords(summary.settings),
        },
      ]}
    />
  )
}

function booksFacts({ books, adds, ...inside }: BackupSummary, done: boolean) {
  if (books === 'none-inside') return [{ name: t('backup.books'), value: t('backup.booksNoneInside') }]
  return [
    count(t('backup.requests'), inside.requests, { missing: adds.requests, done }),
    count(t('backup.payments'), inside.payments, { missing: adds.payments, done }),
    count(t('backup.transfers'), inside.transfers, { missing: adds.transfers, done }),
    count(t('backup.grants'), inside.grants, { missing: adds.grants, done }),
  ]
}

function count(
  name: string,
  inside: number,
  { missing, done }: { readonly missing: number; readonly done: boolean },
) {
  const some = { count: formatCount(missing) }
  const moved = done ? t('backup.addedHere', some) : t('backup.missingHere', some)
  const words = missing === 0 ? t('backup.allHere') : moved
  const note = inside === 0 ? null : words
  return { name, value: formatCount(inside), note }
}

function walletWords(wallet: BackupSummary['wallet']): string {
  switch (wallet) {
    case 'same':
      return t('backup.walletSame')
    case 'other':
      return t('backup.walletOther')
    case 'none-here':
      return t('backup.walletNoneHere')
    case 'none-inside':
      return t('backup.walletNoneInside')
  }
}

function walletDone(wallet: BackupSummary['wallet']): string {
  switch (wallet) {
    case 'same':
      return t('backup.walletStayed')
    case 'other':
    case 'none-here':
      return t('backup.walletRestored')
    case 'none-inside':
      return t('backup.walletNoneInside')
  }
}

function settingsDone({ settings }: BackupSummary, wish: RestoreWish): string {
  if (settings !== 'other') return settingsWords(settings)
  return wish.settings === 'file' ? t('backup.settingsTaken') : t('backup.settingsKept')
}

function settingsWords(settings: BackupSummary['settings']): string {
  switch (settings) {
    case 'same':
      return t('backup.settingsSame')
    case 'other':
      return t('backup.settingsOther')
    case 'none-inside':
      return t('backup.walletNoneInside')
  }
}
