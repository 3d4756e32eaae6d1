import { walletTools } from '../wallet/wallet-tools.ts'
import { assembleBackup, type BackupDeps } from './assemble-backup.ts'
import type { Backup } from './backup.ts'

export type { Backup }

/** Backup with all its tools in one bundle. Where code is loaded late, use `assembleBackup`. */
export function createBackup(deps: Omit<BackupDeps, 'tools'>): Backup {
  return assembleBackup({ ...deps, tools: () => walletTools })
}
