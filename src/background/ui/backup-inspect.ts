import type { UiHandler } from './handler.ts'

/** What is inside a backup file; changes nothing. */
export const backupInspect: UiHandler<'backup.inspect'> = async ({ backup, box, files }, params) =>
  backup.inspect(files.take(params.file), await box.open(params.passphrase))
