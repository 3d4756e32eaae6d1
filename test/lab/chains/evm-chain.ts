/** One anvil: a local EVM chain that mines every second, and at once when a transaction comes. */
import { setTimeout as sleep } from 'node:timers/promises'
import {
  type Address,
  encodeAbiParameters,
  encodeFunctionData,
  erc20Abi,
  type Hex,
  keccak256,
  toHex,
} from 'viem'
import type { Chain } from './chain.ts'
import { spawnAnvil } from './spawn-anvil.ts'

/** Code to put at an address: creation code is run there and its result stored, runtime code is stored as it is. */
export type PlacedContract = { address: string } & ({ creation: Hex } | { runtime: Hex })

export interface EvmChainOptions {
  chainId: number
  port: number
  contracts?: readonly PlacedContract[]
}

/** An EVM chain, with its raw RPC for what the small interface does not name. */
export interface EvmChain extends Chain {
  readonly chainId: number
  /** One JSON-RPC call; throws with the node's message. */
  rpc(method: string, params?: readonly unknown[]): Promise<unknown>
  /** Puts contracts at their addresses. */
  place(contracts: readonly PlacedContract[]): Promise<void>
}

/** Starts anvil on the port and puts the contracts in place. Token balances are expected in storage slot 0. */
export async function startEvmChain(options: EvmChainOptions): Promise<EvmChain> {
  const rpcUrl = `http://127.0.0.1:${options.port}`
  const anvil = spawnAnvil([
    ...['--port', String(options.port), '--chain-id', String(options.chainId)],
    ...['--block-time', '1', '--mixed-mining', '--accounts', '1', '--prune-history', '300'],
  ])
  const rpc = createRpc(rpcUrl)
  try {
    await Promise.race([untilAnswers(rpc, options.chainId), anvil.failed])
    const chain = createEvmChain({ chainId: options.chainId, rpcUrl, rpc, stop: () => anvil.stop() })
    await chain.place(options.contracts ?? [])
    return chain
  } catch (error) {
    await anvil.stop()
    throw error
  }
}

type Rpc = EvmChain['rpc']

function createEvmChain(parts: {
  chainId: number
  rpcUrl: string
  rpc: Rpc
  stop(): Promise<void>
}): EvmChain {
  const { rpc } = parts
  return {
    ...parts,
    network: `eip155:${parts.chainId}`,
    async balanceOf(owner, asset) {
      if (asset === 'native') return BigInt(String(await rpc('eth_getBalance', [owner, 'latest'])))
      const data = encodeFunctionData({ abi: erc20Abi, functionName: 'balanceOf', args: [owner as Address] })
      const result = String(await rpc('eth_call', [{ to: asset, data }, 'latest']))
      if (result === '0x') throw new Error(`no token at ${asset}`)
      return BigInt(result)
    },
    async fund(owner, asset, amount) {
      if (asset === 'native') await rpc('anvil_setBalance', [owner, toHex(amount)])
      else await rpc('anvil_setStorageAt', [asset, balanceSlot(owner), toHex(amount, { size: 32 })])
    },
    async now() {
      const block = (await rpc('eth_getBlockByNumber', ['latest', false])) as { timestamp: Hex }
      return Number(block.timestamp)
    },
    async warp(seconds) {
      await rpc('evm_increaseTime', [seconds])
      await rpc('evm_mine')
    },
    async place(contracts) {
      await Promise.all(contracts.map((contract) => placeContract(rpc, contract)))
    },
  }
}

async function placeContract(rpc: Rpc, contract: PlacedContract): Promise<void> {
  const code =
    'runtime' in contract ? contract.runtime : await rpc('eth_call', [{ data: contract.creation }, 'latest'])
  if (code === '0x') throw new Error(`no code to place at ${contract.address}`)
  await rpc('anvil_setCode', [contract.address, code])
}

/** Where OpenZeppelin's ERC20 keeps a balance: mapping in slot 0. */
function balanceSlot(owner: string): Hex {
  return keccak256(encodeAbiParameters([{ type: 'address' }, { type: 'uint256' }], [owner as Address, 0n]))
}

function createRpc(url: string): Rpc {
  return async (method, params = []) => {
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params })
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const answer = (await response.json()) as { result?: unknown; error?: { message: string } }
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`)
    return answer.result
  }
}

async function untilAnswers(rpc: Rpc, chainId: number): Promise<void> {
  const deadline = Date.now() + 20_000
  for (;;) {
    try {
      const found = Number(await rpc('eth_chainId'))
      if (found !== chainId) throw new Error(`the port answers for chain ${found}`)
      return
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`anvil for chain ${chainId} did not answer`, { cause: error })
      await sleep(25)
    }
  }
}
