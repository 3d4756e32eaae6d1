import { keccak256, parseTransaction, serializeTransaction, type TransactionSerializableEIP1559 } from 'viem'
import { type AtomicAmount, toAtomic } from '../domain/amount.ts'
import { type Asset, isKnownAsset } from '../domain/asset.ts'
import { ChatError } from '../domain/errors.ts'
import { chainIdOf, type EvmNetwork, isEvmNetwork } from '../domain/network.ts'
import { parseEvmAddress } from './evm-address.ts'
import type { TypedDataSigner } from './payment.ts'
import { PERMIT2 } from './permit2.ts'
import { recoverSigner } from './recover-signer.ts'
import { requireThat } from './require-order.ts'

/** Gas of one ERC-20 approve, with room. Source: @x402/evm 2.27 (ERC20_APPROVE_GAS_LIMIT). */
const GAS = 70_000n
/** First four bytes of keccak256("approve(address,uint256)"). */
const SELECTOR = '0x095ea7b3'

/** Everything that fixes a signed approve: the account's next transaction nonce and the fees, in wei, come from the chain. */
export interface ApproveTerms {
  readonly asset: Asset
  /** Finite: what Permit2 may move in all, in atomic units. */
  readonly amount: AtomicAmount
  readonly nonce: number
  readonly maxFeePerGas: bigint
  readonly maxPriorityFeePerGas: bigint
}

/**
 * A signed EIP-1559 `approve(Permit2, amount)`, to be handed to a gateway that pays for its broadcast (erc20ApprovalGasSponsoring).
 * Throws ChatError 'offer-unsafe' for an asset without Permit2 or an endless amount, 'signature-mismatch' when the bytes differ.
 */
export async function makeApproveTransaction(
  terms: ApproveTerms,
  signer: TypedDataSigner,
): Promise<`0x${string}`> {
  const { asset } = terms
  requireThat(asset.method === 'permit2' && isEvmNetwork(asset.network), 'asset')
  requireThat(isKnownAsset(asset), 'asset')
  requireThat(terms.amount < 1n << 128n, 'amount')
  const signed = await signer.signTransaction(unsigned(terms, asset.network))
  const read = await readApproveTransaction(signed, asset.network)
  if (read.from !== signer.address || read.token !== asset.address || read.amount !== terms.amount) {
    throw new ChatError('signature-mismatch', { field: 'approveTransaction' })
  }
  return signed
}

/** What a signed approve would do; throws ChatError 'signature-mismatch' for anything but `approve(Permit2, finite)` on that chain. */
export async function readApproveTransaction(
  signed: `0x${string}`,
  network: EvmNetwork,
): Promise<{ readonly from: string; readonly token: string; readonly amount: AtomicAmount }> {
  const { from, transaction } = decode(signed)
  const data = transaction.data ?? '0x'
  const holds =
    transaction.type === 'eip1559' &&
    transaction.chainId === chainIdOf(network) &&
    (transaction.value ?? 0n) === 0n &&
    data.length === 2 + 2 * (4 + 64) &&
    data.slice(0, 74).toLowerCase() === calldataHead()
  const token = parseEvmAddress(transaction.to)
  if (!holds || token === undefined)
    throw new ChatError('signature-mismatch', { field: 'approveTransaction' })
  return { from, token, amount: toAtomic(BigInt(`0x${data.slice(74)}`)) }
}

function decode(signed: `0x${string}`) {
  try {
    const { r, s, v: _, yParity, ...transaction } = parseTransaction(signed)
    const parts = { r: BigInt(r ?? 0), s: BigInt(s ?? 0), yParity: yParity ?? 0 }
    return { from: recoverSigner(keccak256(serializeTransaction(transaction)), parts), transaction }
  } catch (cause) {
    throw new ChatError('signature-mismatch', { field: 'approveTransaction' }, { cause })
  }
}

function unsigned(terms: ApproveTerms, network: EvmNetwork): TransactionSerializableEIP1559 {
  const token = parseEvmAddress(terms.asset.address)
  requireThat(token !== undefined, 'asset')
  return {
    type: 'eip1559',
    chainId: chainIdOf(network),
    to: token,
    value: 0n,
    data: `${calldataHead()}${terms.amount.toString(16).padStart(64, '0')}` as `0x${string}`,
    nonce: terms.nonce,
    gas: GAS,
    maxFeePerGas: terms.maxFeePerGas,
    maxPriorityFeePerGas: terms.maxPriorityFeePerGas,
  }
}

function calldataHead(): string {
  return `${SELECTOR}${PERMIT2.slice(2).toLowerCase().padStart(64, '0')}`
}
