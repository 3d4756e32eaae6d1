/** Whether the wallet can pay an offer: enough of the asset, and an allowance where the method needs one. */
import type { AtomicAmount } from '../domain/amount.ts'
import { isEvmNetwork } from '../domain/network.ts'
import type { Addresses } from '../wallet/wallet.ts'
import type { InferenceDeps } from './ports.ts'
import { accountOn, type Terms } from './terms.ts'

/** Whether Permit2 may move enough: it may, a signed approve goes with the payment, or the person must set it first. */
export type AllowanceState = 'enough' | 'sponsored' | 'missing'

/** Throws ChatError 'rpc-failed' where the allowance has to be read and cannot be. */
export async function allowanceStateOf(
  deps: InferenceDeps,
  { offer }: Terms,
  addresses: Addresses,
): Promise<AllowanceState> {
  const { asset, amount, sponsorsApproval } = offer
  const owner = accountOn(addresses, asset.network)
  if (asset.method !== 'permit2' || !isEvmNetwork(asset.network) || owner === null) return 'enough'
  const allowed = await deps.chains.permit2Allowance(asset.network, asset.address, owner)
  if (allowed >= amount) return 'enough'
  return sponsorsApproval ? 'sponsored' : 'missing'
}

/** What the wallet lacks for an offer; null where nothing is known to be missing. */
export async function lackOf(
  deps: InferenceDeps,
  terms: Terms,
  means: {
    readonly addresses: Addresses
    /** Null where it could not be read: no obstacle. */
    readonly balance: AtomicAmount | null
    readonly allowed: AllowanceState
  },
): Promise<'insufficient-funds' | 'allowance-missing' | null> {
  const { balance, addresses, allowed } = means
  if (balance !== null && balance < terms.offer.amount && (await stillShort(deps, terms, addresses)))
    return 'insufficient-funds'
  return allowed === 'missing' ? 'allowance-missing' : null
}

/** A cached balance that is too small is read again before anybody hears "not enough". */
async function stillShort(deps: InferenceDeps, { offer }: Terms, addresses: Addresses): Promise<boolean> {
  const { asset, amount } = offer
  const owner = accountOn(addresses, asset.network)
  if (owner === null) return true
  return (await deps.balances.read(asset.network, asset.address, owner)) < amount
}
