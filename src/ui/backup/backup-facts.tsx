import type { BackupSummary } from '../../protocol/ui-views.ts'
import { FactList } from '../components/fact-list.tsx'
import { formatCount } from '../format/count.ts'
import { formatDateTime } from '../format/time.ts'
import { t } from '../words.ts'

/** What is inside a backup file. */
export function BackupFacts({ summary }: { summary: BackupSummary }) {
  return (
    <FactList
      facts={[
        { name: t('backup.made'), value: formatDateTime(summary.createdAtMs) },
        { name: t('backup.wallet'), value: walletWords(summary.wallet) },
        summary.evm === null
          ? null
          : { name: t('address.evm'), value: <code class="small">{summary.evm}</code> },
        summary.solana === null
          ? null
          : { name: t('address.solana'), value: <code class="small">{summary.solana}</code> },
        ...booksFacts(summary),
        { name: t('backup.gateways'), value: formatCount(summary.gateways) },
        { name: t('backup.settings'), value: settingsWords(summary.settings) },
      ]}
    />
  )
}

function booksFacts({ books, adds, ...inside }: BackupSummary) {
  if (books === 'none-inside') return [{ name: t('backup.books'), value: t('backup.booksNoneInside') }]
  return [
    count(t('backup.requests'), inside.requests, adds.requests),
    count(t('backup.payments'), inside.payments, adds.payments),
    count(t('backup.transfers'), inside.transfers, adds.transfers),
    count(t('backup.grants'), inside.grants, adds.grants),
  ]
}

function count(name: string, inside: number, missing: number) {
  const words = missing === 0 ? t('backup.allHere') : t('backup.missingHere', { count: formatCount(missing) })
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
