/** From figures that were reviewed to signed bytes that are written down, and not yet sent. */
import type { PreparedTransfer } from '../chains/chains.ts'
import { PERMIT2 } from '../chains/evm/contracts.ts'
import { ChatError } from '../domain/errors.ts'
import type { Transfer } from '../domain/payment.ts'
import { loadEntry } from './load-entry.ts'
import type { OutboxEntry, TransfersDeps } from './ports.ts'
import { signTransfer } from './sign-transfer.ts'

/** Bytes and row are written before the bytes leave, the bytes first: a row is never without them. */
export async function signReviewed(
  figures: PreparedTransfer,
  deps: TransfersDeps,
): Promise<{ readonly transfer: Transfer; readonly entry: OutboxEntry }> {
  await requireNoCollision(figures, deps)
  const renewed = await deps.chains.renewTransfer(figures)
  if (!renewed) throw new ChatError('unknown-quote', { problem: 'overtaken' })
  const { signed, transaction } = await signTransfer(renewed, deps.wallet)
  const nowMs = deps.clock.nowMs()
  const { request, from, amount, lifetime } = renewed
  const transfer: Transfer = {
    id: deps.newId(),
    kind: request.kind,
    network: request.network,
    account: from,
    asset: request.asset,
    to: recipientOf(renewed),
    amount,
    fee: null,
    state: 'signed',
    transaction,
    attempts: [{ transaction, does: 'transfer', refused: false }],
    reason: null,
    createdAtMs: nowMs,
    updatedAtMs: nowMs,
  }
  const entry: OutboxEntry = { signed, lifetime, replacements: [] }
  await deps.outbox.save(transfer.id, entry)
  await deps.ledger.putTransfer(transfer)
  return { transfer, entry }
}

/**
 * Never two different signatures for one nonce: an unfinished transfer of the account holds its own. Solana has no nonce,
 * so there the next one waits until the last has landed or expired, about a minute. Throws ChatError 'already-pending'.
 */
export async function requireNoCollision(
  figures: PreparedTransfer,
  deps: Pick<TransfersDeps, 'ledger' | 'outbox'>,
): Promise<void> {
  for (const row of await deps.ledger.unfinishedTransfers()) {
    if (row.network !== figures.request.network || row.account !== figures.from) continue
    const held = (await loadEntry(deps, row.id))?.lifetime
    const isBehind =
      held?.kind === 'evm' && figures.lifetime.kind === 'evm' && held.nonce < figures.lifetime.nonce
    if (!isBehind) throw new ChatError('already-pending', { transaction: row.transaction ?? '' })
  }
}

/** Who receives, or for an allowance may spend. */
export function recipientOf({ request }: PreparedTransfer): string {
  return request.kind === 'send' ? request.to : PERMIT2
}
