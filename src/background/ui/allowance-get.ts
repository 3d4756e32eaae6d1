import { formatAtomic } from '../../domain/amount.ts'
import { assetOf } from '../../domain/asset.ts'
import { ChatError } from '../../domain/errors.ts'
import { BASE } from '../../domain/network.ts'
import type { UiHandler } from './handler.ts'

/** What Permit2 may move of the wallet's OPG on a network. */
export const allowanceGet: UiHandler<'allowance.get'> = async ({ wallet, chains }, { network }) => {
  const status = await wallet.status()
  const asset = assetOf(network === BASE ? 'OPG' : 'tOPG', network)
  if (!asset || (status.kind !== 'locked' && status.kind !== 'unlocked') || status.addresses.evm === null) {
    throw new ChatError('wallet-missing')
  }
  const amount = await chains.permit2Allowance(network, asset.address, status.addresses.evm)
  return { amount: formatAtomic(amount), asset: asset.address }
}
