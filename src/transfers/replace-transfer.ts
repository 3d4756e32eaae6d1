/**
 * Speeding up and cancelling what hangs on EVM: the same nonce is signed once more with higher fees. Bytes and row name
 * every transaction of the nonce before the newest one leaves, so that whichever lands is known.
 */
import { keccak256 } from 'viem'
import type { PreparedReplacement } from '../chains/chains.ts'
import { ChatError } from '../domain/errors.ts'
import { isEvmNetwork } from '../domain/network.ts'
import type { Transfer } from '../domain/payment.ts'
import { type AdvanceDeps, advanceTransfer, isFinished, sendTransfer, write } from './advance-transfer.ts'
import { standingAttempts } from './decide-landing.ts'
import { bytesOf, loadEntry } from './load-entry.ts'
import type { OutboxEntry, TransfersDeps } from './ports.ts'
import { signTransfer } from './sign-transfer.ts'
import type { ReplacementReview } from './transfers.ts'

/** A transfer that hangs, and its bytes. */
interface Hanging {
  readonly transfer: Transfer
  readonly entry: OutboxEntry
  /** The transaction that was signed last. */
  readonly against: string
  readonly above: string
}

type Does = PreparedReplacement['does']

/** The figures, after a fresh look at how far it has come. */
export async function prepareReplacement(
  transferId: string,
  does: Does,
  deps: TransfersDeps,
): Promise<Pick<ReplacementReview, 'against' | 'figures'>> {
  const { transfer, entry, against, above } = await requireHanging(transferId, does, deps)
  const { network, account } = transfer
  if (!isEvmNetwork(network)) throw notReplaceable()
  const figures = await deps.chains.prepareReplacement(
    { network, signed: entry.signed, above, does },
    account,
  )
  if (figures === null) throw overtaken()
  return { against, figures }
}

/** Signs, writes down, and offers it. The row afterwards; throws ChatError 'rpc-failed' where the network keeps to the earlier one. */
export async function replaceTransfer(review: ReplacementReview, deps: TransfersDeps): Promise<Transfer> {
  const { does } = review.figures
  const { transfer, entry, against } = await requireHanging(review.transferId, does, deps)
  if (against !== review.against) throw overtaken()
  const { signed, transaction } = await signTransfer(review.figures, deps.wallet)
  const kept = { ...entry, replacements: [...entry.replacements, { signed, transaction, does }] }
  await deps.outbox.save(transfer.id, kept)
  const attempts = [...transfer.attempts, { transaction, does, refused: false }]
  const row = await write({ ...transfer, state: 'signed', transaction, attempts }, deps)
  const sent = await sendTransfer(row, kept, deps)
  if (sent.attempts.some((attempt) => attempt.transaction === transaction && attempt.refused))
    throw new ChatError('rpc-failed', { problem: 'replacement-refused' })
  return sent
}

async function requireHanging(id: string, does: Does, deps: AdvanceDeps): Promise<Hanging> {
  const row = (await deps.ledger.unfinishedTransfers()).find((one) => one.id === id)
  const transfer = row && (await advanceTransfer(row, deps))
  if (!transfer || isFinished(transfer)) throw overtaken()
  const entry = await loadEntry(deps, id)
  const [first, last] = [transfer.attempts[0], transfer.attempts.at(-1)]
  const above = entry && last ? bytesOf(transfer, entry, last.transaction) : null
  if (!entry || !first || !last || above === null || entry.lifetime.kind !== 'evm') throw notReplaceable()
  // A cancellation can be sped up; it is never taken back.
  if (does === 'transfer' && standingAttempts(transfer)[0]?.does === 'cancel') throw notReplaceable()
  // The row names what these bytes are: no others are ever built upon.
  if (!isOf(entry.signed, first.transaction) || !isOf(above, last.transaction)) throw notReplaceable()
  return { transfer, entry, against: last.transaction, above }
}

function isOf(signed: string, transaction: string): boolean {
  return keccak256(`0x${signed.slice(2)}`) === transaction
}

function overtaken(): ChatError {
  return new ChatError('unknown-quote', { problem: 'overtaken' })
}

function notReplaceable(): ChatError {
  return new ChatError('invalid-body', { problem: 'not-replaceable' })
}
