import type { Hex } from 'viem'
import { addresses } from '../addresses.ts'
import type { EvmChain, PlacedContract } from '../evm-chain.ts'
import { compileContract } from './compile.ts'
import { compilePermit2 } from './compile-permit2.ts'

/** The local chains that OpenGradient's contracts live on. */
export interface OpenGradientChains {
  base: EvmChain
  baseSepolia: EvmChain
  ogRegistry: EvmChain
}

/** Puts Permit2, both `upto` spenders and the TEE registry at the addresses that they have on the real chains. */
export async function placeOpenGradientContracts(chains: OpenGradientChains): Promise<void> {
  const permit2: PlacedContract = { address: addresses.permit2, runtime: compilePermit2() }
  const proxy = runtimeCode('upto-proxy.sol', 'UptoProxy')
  const spender = runtimeCode('upto-documented.sol', 'UptoDocumented')
  const registry = runtimeCode('tee-registry.sol', 'TEERegistry')
  await Promise.all([
    chains.base.place([permit2, { address: addresses.baseUptoSpender, runtime: proxy }]),
    chains.baseSepolia.place([permit2, { address: addresses.sepoliaUptoSpender, runtime: spender }]),
    chains.ogRegistry.place([{ address: addresses.teeRegistry, runtime: registry }]),
  ])
  // Before its first block anvil shows calls the time 1, and every window looks not yet open.
  await Promise.all([chains.base.rpc('evm_mine'), chains.baseSepolia.rpc('evm_mine')])
}

function runtimeCode(file: string, contract: string): Hex {
  return compileContract({ file, contract }).deployedBytecode
}
