import type { Currency } from './currency.ts'
import { BASE, BASE_SEPOLIA, type PaymentNetwork, SOLANA } from './network.ts'

/** How a payment in an asset is authorised: EIP-3009, Permit2, or a partially signed Solana transaction. */
export type TransferMethod = 'eip3009' | 'permit2' | 'solana'

export interface Asset {
  readonly currency: Currency
  readonly network: PaymentNetwork
  /** EVM: checksummed address. Solana: the mint, base58. Compared exactly. */
  readonly address: string
  readonly method: TransferMethod
  /** EIP-712 domain of the token contract; null on Solana. */
  readonly eip712: { readonly name: string; readonly version: string } | null
  readonly source: string
}

/** Every asset that may ever be signed for. A server's own decimals, name or symbol are compared with a row, never believed. */
export const ASSETS: readonly Asset[] = [
  {
    currency: 'USDC',
    network: BASE,
    address: '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913',
    method: 'eip3009',
    eip712: { name: 'USD Coin', version: '2' },
    source: 'Circle, USDC contract addresses; JumpGate documentation',
  },
  {
    currency: 'USDC',
    network: SOLANA,
    address: 'EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v',
    method: 'solana',
    eip712: null,
    source: 'Circle, USDC contract addresses; JumpGate documentation',
  },
  {
    currency: 'OPG',
    network: BASE,
    address: '0xFbC2051AE2265686a469421b2C5A2D5462FbF5eB',
    method: 'permit2',
    eip712: { name: 'OpenGradient', version: '1' },
    source: "OpenGradient x402 gateway's code since 2026-04",
  },
  {
    currency: 'tUSDC',
    network: BASE_SEPOLIA,
    address: '0x036CbD53842c5426634e7929541eC2318f3dCF7e',
    method: 'eip3009',
    eip712: { name: 'USDC', version: '2' },
    source: 'Circle, USDC test contract addresses',
  },
  {
    currency: 'tOPG',
    network: BASE_SEPOLIA,
    address: '0x240b09731D96979f50B2C649C9CE10FcF9C7987F',
    method: 'permit2',
    eip712: { name: 'OPG', version: '2' },
    source: 'OpenGradient documentation (Base Sepolia deployment)',
  },
]

/** The row for a network and an address, compared exactly: no case folding. */
export function findAsset(network: string, address: string): Asset | undefined {
  return ASSETS.find((asset) => asset.network === network && asset.address === address)
}

/** The row of a currency on a network. */
export function assetOf(currency: Currency, network: PaymentNetwork): Asset | undefined {
  return ASSETS.find((asset) => asset.currency === currency && asset.network === network)
}

/** Whether every field that matters for a signature is a row's own. By value: a script that is loaded later has its own table. */
export function isKnownAsset(asset: Asset): boolean {
  const row = findAsset(asset.network, asset.address)
  return (
    row !== undefined &&
    row.currency === asset.currency &&
    row.method === asset.method &&
    row.eip712?.name === asset.eip712?.name &&
    row.eip712?.version === asset.eip712?.version
  )
}
