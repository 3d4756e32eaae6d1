import type { UiHandler } from './handler.ts'

/** Unlocks; wrong passwords count into the back-off. */
export const walletUnlock: UiHandler<'wallet.unlock'> = async ({ wallet, box, approvals }, params) => {
  const result = await wallet.unlock(await box.open(params.password))
  if (result.kind === 'unlocked') approvals.recheck()
  return result
}
