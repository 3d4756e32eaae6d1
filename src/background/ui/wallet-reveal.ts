import type { UiHandler } from './handler.ts'

/** A secret, sealed to the asking page, after the password. Null: the password is wrong. */
export const walletReveal: UiHandler<'wallet.reveal'> = async ({ wallet, box }, params) => {
  const secret = await wallet.reveal(await box.open(params.password), params.what)
  return { secret: secret === null ? null : await box.sealFor(params.replyKey, secret) }
}
