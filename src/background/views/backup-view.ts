import type { BackupSummary as Summary } from '../../backup/summary.ts'
import type { BackupSummary } from '../../protocol/ui-views.ts'

/** What is inside a backup file, for a screen. */
export function backupSummary(summary: Summary): BackupSummary {
  const {
    createdAtMs,
    evm,
    solana,
    wallet,
    payments,
    requests,
    transfers,
    grants,
    books,
    gateways,
    settings,
    servers,
    adds,
  } = summary
  return {
    createdAtMs,
    evm,
    solana,
    wallet,
    payments,
    requests,
    transfers,
    grants,
    books,
    gateways,
    settings,
    servers,
    adds,
  }
}
