import { ASSETS } from '../domain/asset.ts'
import type { PaymentNetwork } from '../domain/network.ts'

/** What a wallet may hold on a network, the native coin last. */
export function knownAssets(network: PaymentNetwork): readonly string[] {
  return [...ASSETS.filter((asset) => asset.network === network).map((asset) => asset.address), 'native']
}
