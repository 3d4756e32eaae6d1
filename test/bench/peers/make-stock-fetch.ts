import { ExactEvmScheme } from '@x402/evm'
import { wrapFetchWithPaymentFromConfig } from '@x402/fetch'
import { privateKeyToAccount } from 'viem/accounts'

/** The stock x402 client as its README shows it. */
export function makeStockFetch(key: `0x${string}`): typeof fetch {
  const client = new ExactEvmScheme(privateKeyToAccount(key))
  return wrapFetchWithPaymentFromConfig(fetch, { schemes: [{ network: 'eip155:8453', client }] })
}
