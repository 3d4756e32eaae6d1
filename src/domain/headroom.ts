import { type AtomicAmount, add, subtract } from './amount.ts'
import type { Sums } from './budget.ts'

/** What a cap leaves: an amount (0 where it is used up exactly), or passed, where the cap was lowered below its use. */
export type Headroom =
  | { readonly kind: 'left'; readonly amount: AtomicAmount }
  | { readonly kind: 'passed'; readonly by: AtomicAmount }

/** cap − settled − live, derived and never stored. */
export function headroom(cap: AtomicAmount, sums: Sums): Headroom {
  const used = add(sums.settled, sums.live)
  return used > cap
    ? { kind: 'passed', by: subtract(used, cap) }
    : { kind: 'left', amount: subtract(cap, used) }
}

/** Whether an amount may be added. Under a passed cap nothing may, not even 0. */
export function fits(room: Headroom, amount: AtomicAmount): boolean {
  return room.kind === 'left' && amount <= room.amount
}
