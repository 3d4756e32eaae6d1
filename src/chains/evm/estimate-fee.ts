/** What a transaction can cost at most on Base: its own gas, and the L1 data fee of the OP Stack. */
import { encodeAbiParameters, type Hex, serializeTransaction } from 'viem'
import { type AtomicAmount, toAtomic } from '../../domain/amount.ts'
import { ChatError } from '../../domain/errors.ts'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { quantity } from '../rpc/hex.ts'
import { isRefusal, RpcError } from '../rpc/rpc-error.ts'
import type { UnsignedEvm } from '../unsigned-transfer.ts'
import { GAS_PRICE_ORACLE, SELECTORS } from './contracts.ts'
import { type Block, type CallRequest, readCall, readQuantity } from './evm-reads.ts'

/** What a plain transfer of ether uses. Source: Ethereum yellow paper, G_transaction. */
const PLAIN_GAS = 21_000n
/** Where a node does not name a tip: 0.001 gwei, wei. */
const USUAL_TIP = 1_000_000n
/** Above this per unit of gas no fee is believed: 100 gwei, ten thousand times what Base usually asks. */
const MAX_FEE_PER_GAS = 100_000_000_000n
/** The L1 fee follows Ethereum's and may rise before the transaction lands. */
const L1_MARGIN = 2n

export interface GasPrice {
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/** Room for the base fee to double (it can rise by an eighth per block), and the node's tip. */
export async function readGasPrice(endpoint: Endpoint, latest: Block): Promise<GasPrice> {
  const tip = await readTip(endpoint)
  const maxFeePerGas = latest.baseFeePerGas * 2n + tip
  requireBelievable(maxFeePerGas)
  return { maxFeePerGas, maxPriorityFeePerGas: tip }
}

/** Throws RpcError for a fee, in wei per unit of gas, that no chain here asks. */
export function requireBelievable(maxFeePerGas: bigint): void {
  if (maxFeePerGas > MAX_FEE_PER_GAS) throw new RpcError('malformed', 0, 'fee out of range')
}

async function readTip(endpoint: Endpoint): Promise<bigint> {
  try {
    return await readQuantity(endpoint, 'eth_maxPriorityFeePerGas', [])
  } catch (error) {
    if (isRefusal(error)) return USUAL_TIP
    throw error
  }
}

/** Gas limit with a fifth to spare. Throws ChatError 'invalid-body' where the chain would refuse the call. */
export async function estimateGas(endpoint: Endpoint, call: CallRequest): Promise<bigint> {
  try {
    const gas = await endpoint.call({ method: 'eth_estimateGas', params: [call], result: quantity })
    return gas === PLAIN_GAS ? gas : (gas * 6n) / 5n
  } catch (error) {
    if (!isRefusal(error) || !(error.code === 3 || /revert/i.test(error.detail))) throw error
    throw new ChatError(
      'invalid-body',
      { field: 'to', problem: 'reverts', detail: error.detail },
      { cause: error },
    )
  }
}

/** Most that the transaction can cost beyond its value, wei. */
export async function readMaxFee(endpoint: Endpoint, transaction: UnsignedEvm): Promise<AtomicAmount> {
  const l1Fee = await readL1Fee(endpoint, serializeTransaction(transaction))
  return toAtomic(transaction.gas * transaction.maxFeePerGas + l1Fee * L1_MARGIN)
}

/** 0 on a chain without the OP Stack's oracle, where a call answers nothing. */
async function readL1Fee(endpoint: Endpoint, unsigned: Hex): Promise<bigint> {
  const args = encodeAbiParameters([{ type: 'bytes' }], [unsigned])
  const data: Hex = `${SELECTORS['getL1Fee(bytes)']}${args.slice(2)}`
  const answer = await readCall(endpoint, { to: GAS_PRICE_ORACLE, data }, 'latest')
  return answer === '0x' ? 0n : BigInt(answer.slice(0, 66))
}
