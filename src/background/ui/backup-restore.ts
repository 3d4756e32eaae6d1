import type { UiHandler } from './handler.ts'

/** Adds what is missing; never overwrites another wallet silently, never restores spending power. */
export const backupRestore: UiHandler<'backup.restore'> = async ({ backup, box, files }, params) => {
  const file = files.take(params.file)
  const passphrase = await box.open(params.passphrase)
  const { replaceWallet, servers, settings } = params
  return backup.restore(file, passphrase, { replaceWallet, servers, settings })
}
