import type { UiHandler } from './handler.ts'

/** Wraps the data key anew. False: the old password is wrong. */
export const walletChangePassword: UiHandler<'wallet.changePassword'> = async ({ wallet, box }, params) => {
  const [old, next] = [await box.open(params.oldPassword), await box.open(params.newPassword)]
  return { changed: await wallet.changePassword(old, next) }
}
