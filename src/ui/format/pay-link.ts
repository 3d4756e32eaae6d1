/** Links that another wallet can fill a payment from. Sources: EIP-681, Solana Pay specification. */
import { type Asset, assetOf } from '../../domain/asset.ts'
import type { Currency } from '../../domain/currency.ts'
import { chainIdOf, isEvmNetwork, type PaymentNetwork } from '../../domain/network.ts'

/** `ethereum:<token>@8453/transfer?address=…` or `solana:<address>?spl-token=…`; currency null: the native coin. */
export function payLink(network: PaymentNetwork, currency: Currency | null, to: string): string {
  const asset: Asset | undefined = currency === null ? undefined : assetOf(currency, network)
  if (isEvmNetwork(network)) {
    const chain = chainIdOf(network)
    return asset ? `ethereum:${asset.address}@${chain}/transfer?address=${to}` : `ethereum:${to}@${chain}`
  }
  return asset ? `solana:${to}?spl-token=${asset.address}` : `solana:${to}`
}
