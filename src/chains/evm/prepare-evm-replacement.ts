/** A transaction in the place of one that hangs: the same nonce with higher fees, for the same transfer or for nothing. */
import { type Hex, parseTransaction } from 'viem'
import { toAtomic, ZERO } from '../../domain/amount.ts'
import { ChatError } from '../../domain/errors.ts'
import type { PreparedReplacement, ReplacementRequest } from '../chains.ts'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { toQuantity } from '../rpc/hex.ts'
import { formatUnsignedEvm, type UnsignedEvm } from '../unsigned-transfer.ts'
import { bumpFees } from './bump-fees.ts'
import { estimateGas, readGasPrice, readMaxFee, requireBelievable } from './estimate-fee.ts'
import { readBlock, readQuantity } from './evm-reads.ts'
import { readEvmBalances } from './read-evm-balances.ts'

/** Null where the nonce is used already. Throws RpcError; ChatError 'invalid-body' for bytes that are no such transaction. */
export async function prepareEvmReplacement(
  endpoint: Endpoint,
  request: ReplacementRequest,
  from: string,
): Promise<PreparedReplacement | null> {
  const [transfer, before] = [parseSigned(request.signed), parseSigned(request.above)]
  if (transfer.nonce !== before.nonce || transfer.chainId !== before.chainId) throw malformed()
  const [latest, used, [native = ZERO]] = await Promise.all([
    readBlock(endpoint, 'latest'),
    readQuantity(endpoint, 'eth_getTransactionCount', [from, 'latest']),
    readEvmBalances(endpoint, from, ['native']),
  ])
  if (used > BigInt(before.nonce)) return null
  const fees = bumpFees(before, await readGasPrice(endpoint, latest))
  requireBelievable(fees.maxFeePerGas)
  const call = request.does === 'cancel' ? await nothing(endpoint, from) : transfer
  const { to, value, data, gas } = call
  const { chainId, nonce } = transfer
  const unsigned: UnsignedEvm = { type: 'eip1559', chainId, nonce, gas, ...fees, to, value, data }
  const maxFee = await readMaxFee(endpoint, unsigned)
  const needed = maxFee + value
  return {
    network: request.network,
    does: request.does,
    from,
    maxFee,
    missingFee: needed > native ? toAtomic(needed - native) : null,
    unsigned: formatUnsignedEvm(unsigned),
    lifetime: { kind: 'evm', account: from, nonce },
  }
}

/** No ether to the account itself; one that delegates its code (EIP-7702) may take more gas than the least. */
async function nothing(
  endpoint: Endpoint,
  from: string,
): Promise<Pick<UnsignedEvm, 'to' | 'value' | 'data' | 'gas'>> {
  const to: Hex = `0x${from.slice(2).toLowerCase()}`
  const gas = await estimateGas(endpoint, { from, to, data: '0x', value: toQuantity(0n) })
  return { to, value: 0n, data: '0x', gas }
}

/** Fields that are zero are not named by the parser. */
function parseSigned(signed: string): UnsignedEvm {
  const parsed = attempt(() => parseTransaction(`0x${signed.slice(2)}`))
  const { chainId, gas, maxFeePerGas, to } = parsed ?? {}
  if (parsed?.type !== 'eip1559' || !chainId || !gas || !maxFeePerGas || !to) throw malformed()
  return {
    type: 'eip1559',
    chainId,
    nonce: parsed.nonce ?? 0,
    gas,
    maxFeePerGas,
    maxPriorityFeePerGas: parsed.maxPriorityFeePerGas ?? 0n,
    to,
    value: parsed.value ?? 0n,
    data: parsed.data ?? '0x',
  }
}

function malformed(): ChatError {
  return new ChatError('invalid-body', { field: 'signed', problem: 'malformed' })
}

function attempt<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
