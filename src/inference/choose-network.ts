import type { AtomicAmount } from '../domain/amount.ts'
import type { PaymentNetwork } from '../domain/network.ts'

export interface NetworkOption {
  readonly network: PaymentNetwork
  readonly needed: AtomicAmount
  /** null: could not be read. */
  readonly balance: AtomicAmount | null
}

/**
 * The network that pays: the preferred one where it has enough, else another that has; where none surely has, the
 * preferred one (the person is told what is missing there). Null for no options.
 */
export function chooseNetwork(
  options: readonly NetworkOption[],
  preferred: PaymentNetwork,
): NetworkOption | null {
  const ordered = [...options].sort(
    (a, b) => Number(b.network === preferred) - Number(a.network === preferred),
  )
  const funded = ordered.find(({ balance, needed }) => balance !== null && balance >= needed)
  const unread = ordered.find(({ balance }) => balance === null)
  return funded ?? unread ?? ordered[0] ?? null
}
