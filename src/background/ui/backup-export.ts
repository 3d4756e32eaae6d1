import { isChatError } from '../../domain/errors.ts'
import type { BackgroundDeps } from '../deps.ts'
import type { UiHandler } from './handler.ts'

/** Everything in one encrypted file, after the wallet's password; the page fetches it part by part. */
export const backupExport: UiHandler<'backup.export'> = async (deps, params) => {
  const { wallet, box, files } = deps
  if (!(await wallet.checkPassword(await box.open(params.password)))) return { wrongPassword: true }
  const { file, books } = await makeFile(deps, await box.open(params.passphrase))
  return { ...files.offer(file), books }
}

/** Keys are kept apart from the books: where these cannot be read, the file is made without them, and that is said. */
async function makeFile({ backup }: BackgroundDeps, passphrase: string) {
  try {
    return { file: await backup.exportFile(passphrase), books: 'inside' } as const
  } catch (error) {
    if (!isChatError(error) || error.reason !== 'ledger-failed') throw error
    return { file: await backup.exportFile(passphrase, { books: false }), books: 'unread' } as const
  }
}
