/** CAIP-2 ids of the networks that the wallet pays on, and of the chain that holds the TEE registry. */
export const BASE = 'eip155:8453'
export const BASE_SEPOLIA = 'eip155:84532'
/** CAIP-2: the first 32 characters of the genesis hash of Solana's mainnet. */
export const SOLANA = 'solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp'
/** Source: the OpenGradient gateway's published code; it holds the TEE registry and no money of ours. */
export const OG_REGISTRY_NETWORK = 'eip155:10740'

export const PAYMENT_NETWORKS = [BASE, BASE_SEPOLIA, SOLANA] as const
export type PaymentNetwork = (typeof PAYMENT_NETWORKS)[number]
export type EvmNetwork = typeof BASE | typeof BASE_SEPOLIA

export function isPaymentNetwork(value: unknown): value is PaymentNetwork {
  return PAYMENT_NETWORKS.some((network) => network === value)
}

export function isEvmNetwork(network: PaymentNetwork): network is EvmNetwork {
  return network !== SOLANA
}

/** The EVM chain id of a CAIP-2 id. */
export function chainIdOf(network: EvmNetwork): number {
  return network === BASE ? 8453 : 84532
}
