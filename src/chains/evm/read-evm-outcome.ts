import { toAtomic } from '../../domain/amount.ts'
import type { TransferLifetime, TransferOutcome } from '../chains.ts'
import { type EndpointPool, rpcFailed } from '../rpc/endpoint-pool.ts'
import { toQuantity } from '../rpc/hex.ts'
import { type Receipt, readBlock, readQuantity, readReceipt } from './evm-reads.ts'

/** A nonce that was used so many blocks ago, by another transaction than ours, is not given back. */
const SETTLED_BLOCKS = 5n

/** Throws ChatError 'rpc-failed' where no endpoint answers. */
export async function readEvmOutcome(
  pool: EndpointPool,
  facts: {
    readonly network: string
    readonly transaction: string
    readonly lifetime: TransferLifetime | undefined
  },
): Promise<TransferOutcome> {
  const { lifetime } = facts
  const answers = await pool.every(async (endpoint) => {
    // The nonce first: where it was used by then, the receipt that is read next exists, or is another transaction's.
    const used = lifetime?.kind === 'evm' ? await isNonceUsed(endpoint, lifetime) : false
    return { used, receipt: await readReceipt(endpoint, facts.transaction) }
  })
  const answered = answers.flatMap((answer) => (answer.kind === 'answered' ? [answer.value] : []))
  const receipt = answered.find((answer) => answer.receipt !== null)?.receipt
  if (receipt) return outcomeOf(receipt)
  const failed = answers.find((answer) => answer.kind === 'failed')
  if (answered.length === 0) throw rpcFailed(facts.network, failed?.error)
  if (!failed && answered.every((answer) => answer.used))
    return { kind: 'failed', reason: 'replaced', fee: null }
  return { kind: 'pending' }
}

async function isNonceUsed(
  endpoint: Parameters<typeof readBlock>[0],
  lifetime: Extract<TransferLifetime, { kind: 'evm' }>,
): Promise<boolean> {
  const latest = await readBlock(endpoint, 'latest')
  if (latest.number < SETTLED_BLOCKS) return false
  const count = await readQuantity(endpoint, 'eth_getTransactionCount', [
    lifetime.account,
    toQuantity(latest.number - SETTLED_BLOCKS),
  ])
  return count > BigInt(lifetime.nonce)
}

function outcomeOf(receipt: Receipt): TransferOutcome {
  const fee = toAtomic(receipt.gasUsed * receipt.effectiveGasPrice + receipt.l1Fee)
  return receipt.succeeded ? { kind: 'confirmed', fee } : { kind: 'failed', reason: 'reverted', fee }
}
