/** All of the lab's chains, each behind an RPC endpoint that a test can kill or make lie. */
import type { SwitchableRpc } from '../control.ts'
import { choosePort, freePort, type PortChoices, type PortName } from '../ports.ts'
import { addresses } from './addresses.ts'
import type { Chain } from './chain.ts'
import { baseUsdc, multicall3, opg, sepoliaUsdc } from './contracts/known-contracts.ts'
import { type EvmChain, type PlacedContract, startEvmChain } from './evm-chain.ts'
import { type RpcProxy, startRpcProxy } from './rpc-proxy.ts'
import { type SolanaChain, startSolanaChain } from './solana-chain.ts'

export interface LabChains {
  base: EvmChain
  baseSepolia: EvmChain
  ogRegistry: EvmChain
  solana: SolanaChain
  all: readonly Chain[]
  /** The public endpoints; the lab's own services talk to the chains directly. */
  urls: { base: string; baseSecond: string; baseSepolia: string; ogRegistry: string; solana: string }
  rpcs: Readonly<Record<'base' | 'baseSecond' | 'baseSepolia' | 'ogRegistry' | 'solana', SwitchableRpc>>
  stop(): Promise<void>
}

/** Starts three anvils and the local Solana, with the proxies in front. */
export async function startChains(ports: PortChoices = {}): Promise<LabChains> {
  const running: (() => Promise<unknown>)[] = []
  const stop = async () => void (await Promise.allSettled(running.map((end) => end())))
  const evm = async (chainId: number, contracts: readonly PlacedContract[]) => {
    const chain = await startEvmChain({ chainId, contracts, port: await freePort(0) })
    running.push(() => chain.stop())
    return chain
  }
  const proxy = async (name: PortName, target: string): Promise<RpcProxy> => {
    const made = await startRpcProxy(await choosePort(name, ports), target)
    running.push(() => made.close())
    return made
  }
  try {
    const solana = await startSolanaChain({ port: await choosePort('solana', ports) })
    running.push(() => solana.stop())
    const base = await evm(8453, [multicall3(), baseUsdc(), opg(addresses.baseOpg)])
    const baseSepolia = await evm(84532, [multicall3(), sepoliaUsdc(), opg(addresses.sepoliaOpg)])
    const ogRegistry = await evm(10740, [multicall3()])
    const rpcs = {
      base: await proxy('base', base.rpcUrl),
      baseSecond: await proxy('baseSecond', base.rpcUrl),
      baseSepolia: await proxy('baseSepolia', baseSepolia.rpcUrl),
      ogRegistry: await proxy('ogRegistry', ogRegistry.rpcUrl),
    }
    return {
      ...{ base, baseSepolia, ogRegistry, solana, stop },
      all: [base, baseSepolia, ogRegistry, solana],
      urls: {
        base: rpcs.base.url,
        baseSecond: rpcs.baseSecond.url,
        baseSepolia: rpcs.baseSepolia.url,
        ogRegistry: rpcs.ogRegistry.url,
        solana: solana.rpcUrl,
      },
      rpcs: { ...rpcs, solana },
    }
  } catch (error) {
    await stop()
    throw error
  }
}
