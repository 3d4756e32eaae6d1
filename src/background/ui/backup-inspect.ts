import { backupSummary } from '../views/backup-view.ts'
import type { UiHandler } from './handler.ts'

/** What is inside a backup file; changes nothing. */
export const backupInspect: UiHandler<'backup.inspect'> = async ({ backup, box, files }, params) =>
  backupSummary(await backup.inspect(files.take(params.file), await box.open(params.passphrase)))
