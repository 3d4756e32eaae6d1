/** What can be sent: the known assets and the coins that pay fees, one network at a time. */
import { ASSETS, findAsset } from '../../domain/asset.ts'
import { type Currency, decimalsOf, isTestMoney } from '../../domain/currency.ts'
import { BASE, BASE_SEPOLIA, isEvmNetwork, type PaymentNetwork, SOLANA } from '../../domain/network.ts'
import { feeCoin, networkName } from '../format/network-name.ts'
import { t } from '../words.ts'

export interface SendUnit {
  /** Unique among units: network and asset. */
  readonly key: string
  readonly network: PaymentNetwork
  /** Asset address, mint, or 'native'. */
  readonly asset: string
  /** `USDC`, `OPG`, `ETH` or `SOL`; test money is told by `test`. */
  readonly symbol: string
  readonly decimals: number
  readonly test: boolean
}

const NETWORKS: readonly PaymentNetwork[] = [BASE, SOLANA, BASE_SEPOLIA]

/** Units of the networks that the wallet has an account on: real money first. */
export function sendUnits(accounts: {
  readonly evm: string | null
  readonly solana: string | null
}): readonly SendUnit[] {
  return NETWORKS.filter(
    (network) => (isEvmNetwork(network) ? accounts.evm : accounts.solana) !== null,
  ).flatMap((network) => [
    ...ASSETS.filter((asset) => asset.network === network).map((asset) => unitOf(network, asset.address)),
    unitOf(network, 'native'),
  ])
}

/** How an amount of an asset is called and counted. */
export function unitOf(network: PaymentNetwork, asset: string): SendUnit {
  const row = findAsset(network, asset)
  const { symbol, decimals } = row
    ? { symbol: plainSymbol(row.currency), decimals: decimalsOf(row.currency) }
    : feeCoin(network)
  return {
    ...{ key: `${network} ${asset}`, network, asset, symbol, decimals },
    test: row ? isTestMoney(row.currency) : network === BASE_SEPOLIA,
  }
}

/** `USDC on Base`; test money says so. */
export function unitName({ symbol, network, test }: SendUnit): string {
  const parts = { symbol, network: networkName(network) }
  return test ? t('send.unitTest', parts) : t('send.unit', parts)
}

function plainSymbol(currency: Currency): string {
  switch (currency) {
    case 'USDC':
    case 'tUSDC':
      return 'USDC'
    case 'OPG':
    case 'tOPG':
      return 'OPG'
  }
}
