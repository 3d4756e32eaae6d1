/** One step in the life of a transfer that was signed: look, send again where needed, write down. */
import { z } from 'zod'
import type { TransferOutcome } from '../chains/chains.ts'
import { isChatError } from '../domain/errors.ts'
import { SOLANA } from '../domain/network.ts'
import type { Transfer } from '../domain/payment.ts'
import type { OutboxEntry, TransfersDeps } from './ports.ts'
import type { TransferFailure } from './transfers.ts'

type AdvanceDeps = Pick<TransfersDeps, 'ledger' | 'chains' | 'outbox' | 'clock'>

/** An EVM node keeps what it took; after so long without a block the bytes are offered again. */
const OFFER_AGAIN_MS = 30_000
/** Without its bytes, and unknown to every endpoint, a transfer is given up after so long. */
const GIVE_UP_MS = 24 * 60 * 60 * 1000

const entrySchema = z.object({
  signed: z.string(),
  lifetime: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('evm'), account: z.string(), nonce: z.number().int().nonnegative() }),
    z.object({ kind: z.literal('solana'), lastValidBlockHeight: z.number().int().nonnegative() }),
  ]),
})

/** The signed bytes of a transfer; null where they are gone. */
export async function loadEntry(
  deps: Pick<TransfersDeps, 'outbox'>,
  id: string,
): Promise<OutboxEntry | null> {
  const parsed = entrySchema.safeParse(await deps.outbox.load(id))
  return parsed.success ? parsed.data : null
}

/** Returns the row as it stands afterwards. An endpoint's failure leaves it as it was; the ledger's failure throws. */
export async function advanceTransfer(transfer: Transfer, deps: AdvanceDeps): Promise<Transfer> {
  if (transfer.transaction === null) return await fail(transfer, 'lost', deps)
  const entry = await loadEntry(deps, transfer.id)
  const outcome = await lookUp(transfer.transaction, transfer, { deps, entry })
  if (outcome === null) return transfer
  switch (outcome.kind) {
    case 'confirmed':
      return await finish({ ...transfer, state: 'confirmed', fee: outcome.fee }, deps)
    case 'failed':
      return await fail({ ...transfer, fee: outcome.fee }, outcome.reason, deps)
    case 'pending':
      return await pushOn(transfer, entry, deps)
  }
}

/** Sends the bytes; the row is `sent` afterwards, `failed` where every endpoint refused them, or as it was. */
export async function sendTransfer(
  transfer: Transfer,
  entry: OutboxEntry,
  deps: AdvanceDeps,
): Promise<Transfer> {
  try {
    await deps.chains.broadcast(transfer.network, entry.signed)
  } catch (error) {
    if (!isChatError(error) || error.reason !== 'rpc-failed') throw error
    const refused = error.facts.refused === 'yes' && transfer.state === 'signed'
    return refused ? await fail(transfer, 'refused', deps) : transfer
  }
  return await write({ ...transfer, state: 'sent' }, deps)
}

async function lookUp(
  transaction: string,
  transfer: Transfer,
  { deps, entry }: { readonly deps: AdvanceDeps; readonly entry: OutboxEntry | null },
): Promise<TransferOutcome | null> {
  try {
    return await deps.chains.transferOutcome(transfer.network, transaction, entry?.lifetime)
  } catch (error) {
    if (isChatError(error) && error.reason === 'rpc-failed') return null
    throw error
  }
}

async function pushOn(transfer: Transfer, entry: OutboxEntry | null, deps: AdvanceDeps): Promise<Transfer> {
  const ageMs = deps.clock.nowMs() - transfer.updatedAtMs
  if (entry === null) return ageMs > GIVE_UP_MS ? await fail(transfer, 'lost', deps) : transfer
  const again = transfer.state === 'signed' || transfer.network === SOLANA || ageMs > OFFER_AGAIN_MS
  return again ? await sendTransfer(transfer, entry, deps) : transfer
}

function fail(transfer: Transfer, reason: TransferFailure, deps: AdvanceDeps): Promise<Transfer> {
  return finish({ ...transfer, state: 'failed', reason }, deps)
}

/** The row first: bytes that outlive it harm nobody, a row without bytes could not go on. */
async function finish(transfer: Transfer, deps: AdvanceDeps): Promise<Transfer> {
  const row = await write(transfer, deps)
  await deps.outbox.drop(transfer.id)
  return row
}

async function write(transfer: Transfer, deps: AdvanceDeps): Promise<Transfer> {
  const row: Transfer = { ...transfer, updatedAtMs: deps.clock.nowMs() }
  await deps.ledger.putTransfer(row)
  return row
}

export function isFinished(transfer: Transfer): boolean {
  return transfer.state === 'confirmed' || transfer.state === 'failed'
}
