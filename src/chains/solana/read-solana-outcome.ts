import { type AtomicAmount, toAtomic } from '../../domain/amount.ts'
import type { TransferLifetime, TransferOutcome } from '../chains.ts'
import { type Endpoint, type EndpointPool, rpcFailed } from '../rpc/endpoint-pool.ts'
import { readFinalizedHeight, readLanded, readStatus } from './solana-reads.ts'

/** Throws ChatError 'rpc-failed' where no endpoint answers. */
export async function readSolanaOutcome(
  pool: EndpointPool,
  facts: {
    readonly network: string
    readonly transaction: string
    readonly lifetime: TransferLifetime | undefined
  },
): Promise<TransferOutcome> {
  const { lifetime } = facts
  const answers = await pool.every(async (endpoint) => {
    // The height first: what could land by then has a status when that is read next.
    const over = lifetime?.kind === 'solana' && (await isOver(endpoint, lifetime.lastValidBlockHeight))
    return { endpoint, over, status: await readStatus(endpoint, facts.transaction) }
  })
  const answered = answers.flatMap((answer) => (answer.kind === 'answered' ? [answer.value] : []))
  const done = answered.find((answer) => answer.status === 'confirmed' || answer.status === 'failed')
  if (done) {
    const fee = await readFee(done.endpoint, facts.transaction)
    return done.status === 'confirmed'
      ? { kind: 'confirmed', fee }
      : { kind: 'failed', reason: 'reverted', fee }
  }
  const failed = answers.find((answer) => answer.kind === 'failed')
  if (answered.length === 0) throw rpcFailed(facts.network, failed?.error)
  const gone = answered.every((answer) => answer.over && answer.status === 'unknown')
  return !failed && gone ? { kind: 'failed', reason: 'expired', fee: null } : { kind: 'pending' }
}

async function isOver(endpoint: Endpoint, lastValidBlockHeight: number): Promise<boolean> {
  return (await readFinalizedHeight(endpoint)).blockHeight > lastValidBlockHeight
}

/** Null where the endpoint has the status but not yet the transaction. */
async function readFee(endpoint: Endpoint, transaction: string): Promise<AtomicAmount | null> {
  const landed = await readLanded(endpoint, transaction).catch(() => null)
  return landed ? toAtomic(landed.fee) : null
}
