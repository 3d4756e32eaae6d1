/** Every figure of an EVM transfer or allowance, and the transaction that will be signed for it. */
import { type AtomicAmount, subtract, toAtomic, ZERO } from '../../domain/amount.ts'
import { findAsset } from '../../domain/asset.ts'
import { ChatError } from '../../domain/errors.ts'
import { chainIdOf, type EvmNetwork } from '../../domain/network.ts'
import type { PreparedTransfer, RecipientKind, TransferRequest } from '../chains.ts'
import { parseRecipient } from '../parse-recipient.ts'
import type { Endpoint } from '../rpc/endpoint-pool.ts'
import { bytes, toQuantity } from '../rpc/hex.ts'
import { formatUnsignedEvm, type UnsignedEvm } from '../unsigned-transfer.ts'
import { PERMIT2 } from './contracts.ts'
import { encodeCall } from './encode-call.ts'
import { estimateGas, readGasPrice, readMaxFee } from './estimate-fee.ts'
import { type CallRequest, readBlock, readQuantity } from './evm-reads.ts'
import { readEvmBalances } from './read-evm-balances.ts'

/** No allowance is ever unlimited: Permit2 and many tokens take 2^160 − 1 and above for that. */
const UNLIMITED_FROM = 2n ** 160n - 1n
/** EIP-7702: an ordinary account that delegates its code. */
const DELEGATION_PREFIX = '0xef0100'

interface Holdings {
  readonly native: AtomicAmount
  readonly asset: AtomicAmount
}

/** Throws RpcError, or ChatError as `Chains.prepareTransfer` says. */
export async function prepareEvmTransfer(
  endpoint: Endpoint,
  request: TransferRequest & { readonly network: EvmNetwork },
  from: string,
): Promise<PreparedTransfer> {
  const checked = checkRequest(request)
  const [latest, nonce, balances, recipient] = await Promise.all([
    readBlock(endpoint, 'latest'),
    readQuantity(endpoint, 'eth_getTransactionCount', [from, 'pending']),
    readEvmBalances(endpoint, from, ['native', checked.asset]),
    readRecipient(endpoint, checked),
  ])
  const holdings: Holdings = { native: balances[0] ?? ZERO, asset: balances[1] ?? ZERO }
  const price = await readGasPrice(endpoint, latest)
  const build = (amount: bigint, gas: bigint): UnsignedEvm => ({
    type: 'eip1559',
    chainId: chainIdOf(checked.network),
    nonce: Number(nonce),
    gas,
    ...price,
    ...callOf(checked, amount),
  })
  const probe = probeAmount(checked, holdings)
  const gas = await estimateGas(endpoint, asCall(from, callOf(checked, probe)))
  const maxFee = await readMaxFee(endpoint, build(probe, gas))
  const amount = resolveAmount(checked, holdings, maxFee)
  return {
    request: checked,
    from,
    amount,
    maxFee,
    nativeBalance: holdings.native,
    missingFee: missingFee(checked, { native: holdings.native, amount, maxFee }),
    createsAccount: false,
    recipient,
    unsigned: formatUnsignedEvm(build(amount, gas)),
    lifetime: { kind: 'evm', account: from, nonce: Number(nonce) },
  }
}

type EvmRequest = TransferRequest & { readonly network: EvmNetwork }

function checkRequest(request: EvmRequest): EvmRequest {
  const asset = findAsset(request.network, request.asset)
  if (request.kind === 'allowance') {
    if (asset?.method !== 'permit2')
      throw new ChatError('invalid-body', { field: 'asset', problem: 'unknown' })
    if (request.amount >= UNLIMITED_FROM)
      throw new ChatError('invalid-body', { field: 'amount', problem: 'unlimited' })
    return request
  }
  if (!asset && request.asset !== 'native')
    throw new ChatError('invalid-body', { field: 'asset', problem: 'unknown' })
  if (request.amount === ZERO) throw new ChatError('invalid-body', { field: 'amount', problem: 'zero' })
  return { ...request, to: parseRecipient(request.network, request.to) }
}

async function readRecipient(endpoint: Endpoint, request: EvmRequest): Promise<RecipientKind> {
  if (request.kind === 'allowance') return 'plain'
  const code = await endpoint.call({
    method: 'eth_getCode',
    params: [request.to, 'latest'],
    result: bytes,
  })
  return code === '0x' || code.startsWith(DELEGATION_PREFIX) ? 'plain' : 'contract'
}

function callOf(request: EvmRequest, amount: bigint): Pick<UnsignedEvm, 'to' | 'value' | 'data'> {
  if (request.kind === 'allowance') {
    const data = encodeCall('approve(address,uint256)', PERMIT2, amount)
    return { to: toHex(request.asset), value: 0n, data }
  }
  if (request.asset === 'native') return { to: toHex(request.to), value: amount, data: '0x' }
  const data = encodeCall('transfer(address,uint256)', request.to, amount)
  return { to: toHex(request.asset), value: 0n, data }
}

function asCall(from: string, call: Pick<UnsignedEvm, 'to' | 'value' | 'data'>): CallRequest {
  return { from, to: call.to, data: call.data, value: toQuantity(call.value) }
}

/** What gas is estimated with; throws where the asset does not suffice, before any fee is looked at. */
function probeAmount(request: EvmRequest, holdings: Holdings): bigint {
  if (request.kind === 'allowance') return request.amount
  if (request.amount === 'all') {
    if (holdings.asset === ZERO) throw insufficient(request.asset, 1n)
    return request.asset === 'native' ? 0n : holdings.asset
  }
  if (request.amount > holdings.asset) throw insufficient(request.asset, request.amount - holdings.asset)
  return request.amount
}

function resolveAmount(request: EvmRequest, holdings: Holdings, maxFee: AtomicAmount): AtomicAmount {
  if (request.amount !== 'all') return request.amount
  if (request.asset !== 'native') return holdings.asset
  if (holdings.native <= maxFee) throw insufficient('native', maxFee - holdings.native + 1n)
  return subtract(holdings.native, maxFee)
}

function missingFee(
  request: EvmRequest,
  figures: { readonly native: AtomicAmount; readonly amount: AtomicAmount; readonly maxFee: AtomicAmount },
): AtomicAmount | null {
  const needed = figures.maxFee + (request.asset === 'native' ? figures.amount : 0n)
  return needed > figures.native ? toAtomic(needed - figures.native) : null
}

function insufficient(what: string, missing: bigint): ChatError {
  return new ChatError('insufficient-funds', { what, missing: missing.toString() })
}

function toHex(text: string): `0x${string}` {
  return `0x${text.slice(2)}`
}
