import { z } from 'zod'
import { BASE, BASE_SEPOLIA, chainIdOf, type PaymentNetwork, SOLANA } from '../domain/network.ts'
import type { Clock } from './ports.ts'
import type { Endpoint } from './rpc/endpoint-pool.ts'
import { quantity } from './rpc/hex.ts'
import { describeFailure } from './rpc/rpc-error.ts'

export interface EndpointCheck {
  readonly ok: boolean
  readonly milliseconds: number
  /** 'ok', 'another chain', or why it failed. */
  readonly detail: string
}

/** Chain id of OpenGradient's registry chain. Source: its published code. */
const OG_REGISTRY_CHAIN_ID = 10_740n

/** Asks an endpoint which chain it serves: EVM by chain id, Solana by genesis hash. */
export async function checkEndpoint(
  endpoint: Endpoint,
  network: PaymentNetwork | 'og-registry',
  clock: Clock,
): Promise<EndpointCheck> {
  const startMs = clock.nowMs()
  try {
    const right = await servesNetwork(endpoint, network)
    return { ok: right, milliseconds: clock.nowMs() - startMs, detail: right ? 'ok' : 'another chain' }
  } catch (error) {
    return { ok: false, milliseconds: clock.nowMs() - startMs, detail: describeFailure(error) }
  }
}

async function servesNetwork(endpoint: Endpoint, network: PaymentNetwork | 'og-registry'): Promise<boolean> {
  switch (network) {
    case SOLANA: {
      const genesis = await endpoint.call({ method: 'getGenesisHash', params: [], result: z.string() })
      // CAIP-2 for Solana: the genesis hash cut to 32 characters.
      return `solana:${genesis.slice(0, 32)}` === SOLANA
    }
    case BASE:
    case BASE_SEPOLIA:
      return (await readChainId(endpoint)) === BigInt(chainIdOf(network))
    case 'og-registry':
      return (await readChainId(endpoint)) === OG_REGISTRY_CHAIN_ID
  }
}

function readChainId(endpoint: Endpoint): Promise<bigint> {
  return endpoint.call({ method: 'eth_chainId', params: [], result: quantity })
}
