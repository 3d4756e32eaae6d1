/** The two places where OpenGradient is paid: Base with OPG, Base Sepolia with test OPG. */
import { assetOf } from '../../domain/asset.ts'
import { BASE, BASE_SEPOLIA, type EvmNetwork } from '../../domain/network.ts'

export type OpgCurrency = 'OPG' | 'tOPG'

export interface OpgPlace {
  readonly network: EvmNetwork
  readonly currency: OpgCurrency
  /** The token's address. */
  readonly asset: string
}

/** Where the gateway gives test OPG away. Source: OpenGradient's documentation. */
export const FAUCET_URL = 'https://faucet.opengradient.ai'

export function opgPlace(network: EvmNetwork): OpgPlace {
  const currency = network === BASE ? 'OPG' : 'tOPG'
  const asset = assetOf(currency, network)
  if (!asset) throw new Error(`No ${currency} on ${network}`)
  return { network, currency, asset: asset.address }
}

export const OPG_NETWORKS: readonly EvmNetwork[] = [BASE, BASE_SEPOLIA]
