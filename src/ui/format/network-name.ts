import { BASE, BASE_SEPOLIA, type PaymentNetwork, SOLANA } from '../../domain/network.ts'
import { t } from '../words.ts'

/** `Base`, `Solana`, `Base Sepolia (test network)`. */
export function networkName(network: PaymentNetwork): string {
  switch (network) {
    case BASE:
      return t('network.base')
    case BASE_SEPOLIA:
      return t('network.baseSepolia')
    case SOLANA:
      return t('network.solana')
  }
}

/** The same for a tab or a button: `Base Sepolia (test)`. */
export function networkShort(network: PaymentNetwork): string {
  return network === BASE_SEPOLIA ? t('network.baseSepoliaShort') : networkName(network)
}

/** The coin that pays fees on a network. */
export function feeCoin(network: PaymentNetwork): {
  readonly symbol: 'ETH' | 'SOL'
  readonly decimals: number
} {
  switch (network) {
    case BASE:
    case BASE_SEPOLIA:
      return { symbol: 'ETH', decimals: 18 }
    case SOLANA:
      return { symbol: 'SOL', decimals: 9 }
  }
}
