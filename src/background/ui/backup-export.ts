import type { UiHandler } from './handler.ts'

/** Everything in one encrypted file, after the wallet's password; the page fetches it part by part. */
export const backupExport: UiHandler<'backup.export'> = async ({ backup, wallet, box, files }, params) => {
  if (!(await wallet.checkPassword(await box.open(params.password)))) return { wrongPassword: true }
  return files.offer(await backup.exportFile(await box.open(params.passphrase)))
}
