import type { Cause } from '../domain/errors.ts'
import type { Blocker } from './approval-content.ts'

/** What a caller reads whose question could not be asked for want of a click: the obstacle itself only with a budget. */
export function unaskedReason(hasGrant: boolean, blocker: Blocker | null): Cause {
  if (!hasGrant) return 'needs-activation'
  switch (blocker) {
    case 'locked':
      return 'wallet-locked'
    case 'no-wallet':
      return 'wallet-missing'
    case 'insufficient-funds':
      return 'insufficient-funds'
    case 'allowance-missing':
      return 'allowance-missing'
    default:
      return 'needs-activation'
  }
}
