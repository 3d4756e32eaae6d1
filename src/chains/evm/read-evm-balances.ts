import { decodeAbiParameters, encodeAbiParameters, type Hex } from 'viem'
import { type AtomicAmount, toAtomic } from '../../domain/amount.ts'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { RpcError } from '../rpc/rpc-error.ts'
import { MULTICALL3, SELECTORS } from './contracts.ts'
import { encodeCall } from './encode-call.ts'
import { readCall } from './evm-reads.ts'

const CALLS = [
  {
    type: 'tuple[]',
    components: [
      { name: 'target', type: 'address' },
      { name: 'allowFailure', type: 'bool' },
      { name: 'callData', type: 'bytes' },
    ],
  },
] as const

const RESULTS = [
  {
    type: 'tuple[]',
    components: [
      { name: 'success', type: 'bool' },
      { name: 'returnData', type: 'bytes' },
    ],
  },
] as const

/**
 * Balances of one owner at one block, in the order asked; `assets` are token addresses or 'native'. One call by Multicall3.
 * Throws RpcError where any of them has no answer: a missing contract is never a balance of zero.
 */
export async function readEvmBalances(
  endpoint: Endpoint,
  owner: string,
  assets: readonly string[],
): Promise<readonly AtomicAmount[]> {
  const calls: readonly { target: Hex; allowFailure: boolean; callData: Hex }[] = assets.map((asset) =>
    asset === 'native'
      ? { target: MULTICALL3, allowFailure: false, callData: encodeCall('getEthBalance(address)', owner) }
      : { target: toHex(asset), allowFailure: false, callData: encodeCall('balanceOf(address)', owner) },
  )
  const encoded = encodeAbiParameters(CALLS, [calls])
  const data: Hex = `${SELECTORS['aggregate3((address,bool,bytes)[])']}${encoded.slice(2)}`
  const answer = await readCall(endpoint, { to: MULTICALL3, data }, 'latest')
  return readAmounts(answer, assets.length)
}

function readAmounts(answer: Hex, count: number): readonly AtomicAmount[] {
  try {
    const [results] = decodeAbiParameters(RESULTS, answer)
    const amounts = results.map((result) => {
      if (!result.success || result.returnData.length !== 66) throw new Error('no answer from a token')
      return toAtomic(BigInt(result.returnData))
    })
    if (amounts.length !== count) throw new Error('another number of results')
    return amounts
  } catch (cause) {
    throw new RpcError('malformed', 0, 'balances', { cause })
  }
}

function toHex(text: string): Hex {
  return `0x${text.slice(2)}`
}
