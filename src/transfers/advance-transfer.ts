/** One step in the life of a transfer that was signed: look, send again where needed, write down. */
import type { TransferOutcome } from '../chains/chains.ts'
import { isChatError } from '../domain/errors.ts'
import { SOLANA } from '../domain/network.ts'
import type { Transfer, TransferAttempt } from '../domain/payment.ts'
import { decideLanding, type Look, standingAttempts } from './decide-landing.ts'
import { bytesOf, loadEntry, withSigned } from './load-entry.ts'
import type { OutboxEntry, TransfersDeps } from './ports.ts'
import type { TransferFailure } from './transfers.ts'

export type AdvanceDeps = Pick<TransfersDeps, 'ledger' | 'chains' | 'outbox' | 'clock'>

/** An EVM node keeps what it took; after so long without a block the bytes are offered again. */
const OFFER_AGAIN_MS = 30_000
/** Without its bytes, and unknown to every endpoint, a transfer is given up after so long. */
const GIVE_UP_MS = 24 * 60 * 60 * 1000

/** Returns the row as it stands afterwards. An endpoint's failure leaves it as it was; the ledger's failure throws. */
export async function advanceTransfer(row: Transfer, deps: AdvanceDeps): Promise<Transfer> {
  if (row.transaction === null) return await fail(row, 'lost', deps)
  const entry = await loadEntry(deps, row.id)
  const whole = withSigned(row, entry)
  const transfer = whole === row ? row : await write(whole, deps)
  const landing = decideLanding(transfer, await lookUp(transfer, entry, deps))
  switch (landing.kind) {
    case 'unread':
      return transfer
    case 'over':
      return await finish(landing.transfer, deps)
    case 'open':
      return await pushOn(transfer, entry, deps)
  }
}

/**
 * Sends the bytes; the row is `sent` afterwards, or as it was. Where every endpoint refused them for good it is `failed`,
 * unless an earlier transaction of its nonce is out, which then stands.
 */
export async function sendTransfer(
  transfer: Transfer,
  entry: OutboxEntry,
  deps: AdvanceDeps,
): Promise<Transfer> {
  const offered = standingAttempts(transfer)
  for (const { transaction } of offered) {
    const said = await offer(transfer.network, bytesOf(transfer, entry, transaction), deps)
    if (said === 'taken') return await write({ ...transfer, state: 'sent' }, deps)
    if (said === 'unknown') return transfer
  }
  if (transfer.state !== 'signed') return transfer
  if (transfer.attempts.length === 1) return await fail(transfer, 'refused', deps)
  return await write(withRefused(transfer, offered), deps)
}

type Offered = 'taken' | 'refused' | 'unknown'

async function offer(
  network: Transfer['network'],
  signed: string | null,
  { chains }: AdvanceDeps,
): Promise<Offered> {
  if (signed === null) return 'unknown'
  try {
    await chains.broadcast(network, signed)
    return 'taken'
  } catch (error) {
    if (!isChatError(error) || error.reason !== 'rpc-failed') throw error
    return error.facts.refused === 'yes' ? 'refused' : 'unknown'
  }
}

/** What nobody took stands for nothing any more; the ones before it do. */
function withRefused(transfer: Transfer, refused: readonly TransferAttempt[]): Transfer {
  const attempts = transfer.attempts.map((attempt) =>
    refused.includes(attempt) ? { ...attempt, refused: true } : attempt,
  )
  const standing = attempts.filter((attempt) => !attempt.refused).at(-1)
  return { ...transfer, attempts, state: 'sent', transaction: standing?.transaction ?? transfer.transaction }
}

/** All are asked for after the nonce, see `Chains.transferOutcome`: where one is told lost, another that took its place is seen. */
async function lookUp(
  transfer: Transfer,
  entry: OutboxEntry | null,
  deps: AdvanceDeps,
): Promise<readonly Look[]> {
  const looks: Look[] = []
  for (const attempt of transfer.attempts) {
    const outcome = await readOutcome(transfer.network, attempt.transaction, { deps, entry })
    looks.push({ attempt, outcome })
  }
  return looks
}

async function readOutcome(
  network: Transfer['network'],
  transaction: string,
  { deps, entry }: { readonly deps: AdvanceDeps; readonly entry: OutboxEntry | null },
): Promise<TransferOutcome | null> {
  try {
    return await deps.chains.transferOutcome(network, transaction, entry?.lifetime)
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

export async function write(transfer: Transfer, deps: AdvanceDeps): Promise<Transfer> {
  const row: Transfer = { ...transfer, updatedAtMs: deps.clock.nowMs() }
  await deps.ledger.putTransfer(row)
  return row
}

export function isFinished(transfer: Transfer): boolean {
  return transfer.state === 'confirmed' || transfer.state === 'failed'
}
