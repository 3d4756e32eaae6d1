/** Single reads over one EVM endpoint, each with the schema of its answer. All throw RpcError. */
import type { Hex } from 'viem'
import { z } from 'zod'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { address, bytes, hash, quantity, toQuantity } from '../rpc/hex.ts'
import { RpcError } from '../rpc/rpc-error.ts'

export interface Block {
  readonly number: bigint
  /** Unix seconds. */
  readonly timestamp: number
  readonly baseFeePerGas: bigint
}

export interface Log {
  readonly address: Hex
  readonly topics: readonly Hex[]
  readonly data: Hex
  readonly transactionHash: Hex
  readonly logIndex: bigint
}

export interface Receipt {
  readonly transactionHash: Hex
  readonly succeeded: boolean
  readonly logs: readonly Log[]
  readonly gasUsed: bigint
  readonly effectiveGasPrice: bigint
  /** OP Stack: what the data cost on L1, wei; 0 where the chain has none. */
  readonly l1Fee: bigint
}

export interface SentTransaction {
  readonly input: Hex
}

export interface CallRequest {
  readonly from?: string
  readonly to: string
  readonly data: Hex
  readonly value?: Hex
}

const block = z
  .object({ number: quantity, timestamp: quantity, baseFeePerGas: quantity.optional() })
  .transform(
    (read): Block => ({
      number: read.number,
      timestamp: Number(read.timestamp),
      baseFeePerGas: read.baseFeePerGas ?? 0n,
    }),
  )

const log = z.object({
  address,
  topics: z.array(hash).max(4),
  data: bytes,
  transactionHash: hash,
  logIndex: quantity,
  removed: z.boolean().optional(),
})

const receipt = z
  .object({
    transactionHash: hash,
    status: quantity,
    logs: z.array(log),
    gasUsed: quantity,
    effectiveGasPrice: quantity.optional(),
    l1Fee: quantity.nullish(),
  })
  .transform(
    (read): Receipt => ({
      transactionHash: read.transactionHash,
      succeeded: read.status === 1n,
      logs: read.logs,
      gasUsed: read.gasUsed,
      effectiveGasPrice: read.effectiveGasPrice ?? 0n,
      l1Fee: read.l1Fee ?? 0n,
    }),
  )

const transaction = z.object({ hash, input: bytes })

/** The latest block, or the one at a number. */
export function readBlock(endpoint: Endpoint, at: bigint | 'latest'): Promise<Block> {
  return endpoint.call({
    method: 'eth_getBlockByNumber',
    params: [at === 'latest' ? at : toQuantity(at), false],
    result: block,
  })
}

/** What a call returns at the end of a block; '0x' where there is no code. */
export function readCall(endpoint: Endpoint, call: CallRequest, at: bigint | 'latest'): Promise<Hex> {
  return endpoint.call({
    method: 'eth_call',
    params: [call, at === 'latest' ? at : toQuantity(at)],
    result: bytes,
  })
}

/** A call that returns one uint256 or bool. An address without code answers nothing, which is malformed, never zero. */
export async function readWord(
  endpoint: Endpoint,
  call: CallRequest,
  at: bigint | 'latest',
): Promise<bigint> {
  const data = await readCall(endpoint, call, at)
  if (data.length < 66) throw new RpcError('malformed', 0, `no answer from ${call.to}`)
  return BigInt(data.slice(0, 66))
}

export function readQuantity(
  endpoint: Endpoint,
  method: string,
  params: readonly unknown[],
): Promise<bigint> {
  return endpoint.call({ method, params, result: quantity })
}

export interface LogFilter {
  readonly address: string
  readonly topics: readonly (string | readonly string[] | null)[]
}

/** Logs of a block range, both ends inclusive, in chain order as the node gives them. */
export async function readLogs(
  endpoint: Endpoint,
  filter: LogFilter,
  range: { readonly from: bigint; readonly to: bigint },
): Promise<readonly Log[]> {
  const found = await endpoint.call({
    method: 'eth_getLogs',
    params: [{ ...filter, fromBlock: toQuantity(range.from), toBlock: toQuantity(range.to) }],
    result: z.array(log),
  })
  return found.filter((entry) => entry.removed !== true)
}

/** Null while the transaction is in no block that this endpoint knows. */
export async function readReceipt(endpoint: Endpoint, transactionHash: string): Promise<Receipt | null> {
  const read = await endpoint.call({
    method: 'eth_getTransactionReceipt',
    params: [transactionHash],
    result: receipt.nullable(),
  })
  return read?.transactionHash === transactionHash.toLowerCase() ? read : null
}

/** Null where this endpoint never heard of the transaction. */
export async function readTransaction(endpoint: Endpoint, id: string): Promise<SentTransaction | null> {
  const read = await endpoint.call({
    method: 'eth_getTransactionByHash',
    params: [id],
    result: transaction.nullable(),
  })
  return read?.hash === id.toLowerCase() ? read : null
}
