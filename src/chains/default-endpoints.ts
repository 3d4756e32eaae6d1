import { BASE, BASE_SEPOLIA, SOLANA } from '../domain/network.ts'
import type { Endpoints } from './chains.ts'

/**
 * Public RPC endpoints that ship: the network's own first, PublicNode (Allnodes) second.
 * Sources: docs.base.org (network information), solana.com/docs/references/clusters, publicnode.com, OpenGradient's published code.
 */
export const DEFAULT_ENDPOINTS: Endpoints = {
  [BASE]: ['https://mainnet.base.org', 'https://base-rpc.publicnode.com'],
  [BASE_SEPOLIA]: ['https://sepolia.base.org', 'https://base-sepolia-rpc.publicnode.com'],
  [SOLANA]: ['https://api.mainnet-beta.solana.com', 'https://solana-rpc.publicnode.com'],
  'og-registry': ['https://ogevmdevnet.opengradient.ai'],
}
