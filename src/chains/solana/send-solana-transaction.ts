import { z } from 'zod'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { isRefusal, RpcError } from '../rpc/rpc-error.ts'
import { parseUnsignedSolana } from '../unsigned-transfer.ts'
import { readWireSignatures } from './read-wire-signatures.ts'
import { readStatus } from './solana-reads.ts'

/**
 * Sends base64 bytes to one endpoint; the id, also where the transaction has landed already. Throws RpcError, never
 * 'refused': until its blockhash expires any endpoint, or whoever saw the bytes, can still make them land.
 */
export async function sendSolanaTransaction(endpoint: Endpoint, signed: string): Promise<string> {
  const [id] = readWireSignatures(parseUnsignedSolana(signed).wire)
  if (!id) throw new RpcError('malformed', 0, 'no signature')
  try {
    const said = await endpoint.call({
      method: 'sendTransaction',
      params: [signed, { encoding: 'base64', preflightCommitment: 'confirmed' }],
      result: z.string(),
    })
    if (said !== id) throw new RpcError('malformed', 0, 'another transaction')
    return id
  } catch (error) {
    if (!isRefusal(error)) throw error
    const status = await readStatus(endpoint, id).catch(() => 'unknown')
    if (status !== 'unknown') return id
    throw new RpcError('unreachable', error.code, error.detail)
  }
}
