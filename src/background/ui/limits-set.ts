import { guardsView, raisesLimits, readLimits } from '../views/guards-view.ts'
import type { UiHandler } from './handler.ts'

/** Changes the person's own limits; raising any figure needs the password. */
export const limitsSet: UiHandler<'limits.set'> = async ({ ledger, wallet, box, approvals }, params) => {
  const { limits: before } = await ledger.getGuards()
  let mayRaise = false
  if (params.password !== null && raisesLimits(before, readLimits(before, params.limits)))
    mayRaise = await wallet.checkPassword(await box.open(params.password))
  // Checking a password takes a second, in which another window may have lowered what this one shows.
  const guards = await ledger.changeLimits((now) => {
    const limits = readLimits(now, params.limits)
    return mayRaise || !raisesLimits(now, limits) ? limits : null
  })
  if (guards === null) return { needsPassword: true }
  approvals.recheck()
  return guardsView(guards)
}
