/** Public block explorers. Sources: the networks' own documentation lists basescan.org, sepolia.basescan.org and explorer.solana.com. */
import { BASE, BASE_SEPOLIA, type PaymentNetwork, SOLANA } from '../../domain/network.ts'

/** Page of a transaction or an address; nothing is loaded until the person follows it. */
export function explorerUrl(network: PaymentNetwork, kind: 'tx' | 'address', id: string): string {
  return `${host(network)}/${kind}/${encodeURIComponent(id)}`
}

function host(network: PaymentNetwork): string {
  switch (network) {
    case BASE:
      return 'https://basescan.org'
    case BASE_SEPOLIA:
      return 'https://sepolia.basescan.org'
    case SOLANA:
      return 'https://explorer.solana.com'
  }
}
