/** The facilitator, in process: real verification and real settlement on the local chains. */
import { x402Facilitator } from '@x402/core/facilitator'
import type { Network } from '@x402/core/types'
import { ExactEvmScheme } from '@x402/evm/exact/facilitator'
import type { EvmChain } from './chains/evm-chain.ts'
import { createSettlementSigner } from './settlement-signer.ts'

/** Settlement accounts per chain: enough that 200 parallel payments do not wait for each other. */
const exactAccounts = 20

/**
 * An x402 facilitator with EIP-3009 `exact` on the given chains. Other schemes are added by its own
 * `register(network, scheme)`.
 */
export async function createFacilitator(chains: readonly EvmChain[]): Promise<x402Facilitator> {
  const facilitator = new x402Facilitator()
  for (const chain of chains) {
    const signer = await createSettlementSigner(chain, { count: exactAccounts })
    facilitator.register(chain.network as Network, new ExactEvmScheme(signer))
  }
  return facilitator
}
