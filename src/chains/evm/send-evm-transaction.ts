import { type Hex, keccak256 } from 'viem'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { hash } from '../rpc/hex.ts'
import { isRefusal, RpcError } from '../rpc/rpc-error.ts'
import { readTransaction } from './evm-reads.ts'

/**
 * What a node says of bytes that it will never take as they are: geth's words under -32000, and EIP-1474's -32003
 * 'transaction rejected'. 'nonce too low' is not among them: the nonce may have been used by these very bytes.
 */
const FINAL =
  /insufficient funds|insufficient balance|intrinsic gas too low|exceeds block gas limit|invalid sender|transaction underpriced|rejected/i
const FINAL_CODES = [-32_000, -32_003]

/**
 * Sends to one endpoint; the id, also where the endpoint has it already. Throws RpcError 'refused' only where the bytes
 * are refused for good; a rate limit or a fault of the node is no answer.
 */
export async function sendEvmTransaction(endpoint: Endpoint, signed: Hex): Promise<string> {
  const id = keccak256(signed)
  try {
    const said = await endpoint.call({ method: 'eth_sendRawTransaction', params: [signed], result: hash })
    if (said !== id) throw new RpcError('malformed', 0, 'another transaction')
    return id
  } catch (error) {
    if (!isRefusal(error)) throw error
    if (await readTransaction(endpoint, id).catch(() => null)) return id
    if (FINAL_CODES.includes(error.code) && FINAL.test(error.detail)) throw error
    throw new RpcError('unreachable', error.code, error.detail)
  }
}
