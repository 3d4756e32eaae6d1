/** The signed bytes of a transfer, as they lie in the outbox. */
import { z } from 'zod'
import type { Transfer, TransferAttempt } from '../domain/payment.ts'
import type { OutboxEntry, TransfersDeps } from './ports.ts'

const entrySchema = z.object({
  signed: z.string(),
  lifetime: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('evm'), account: z.string(), nonce: z.number().int().nonnegative() }),
    z.object({ kind: z.literal('solana'), lastValidBlockHeight: z.number().int().nonnegative() }),
  ]),
  replacements: z
    .array(z.object({ signed: z.string(), transaction: z.string(), does: z.enum(['transfer', 'cancel']) }))
    .default([]),
})

/** Null where they are gone. */
export async function loadEntry(
  deps: Pick<TransfersDeps, 'outbox'>,
  id: string,
): Promise<OutboxEntry | null> {
  const parsed = entrySchema.safeParse(await deps.outbox.load(id))
  return parsed.success ? parsed.data : null
}

/** The bytes of one of a transfer's transactions; null where they are gone. */
export function bytesOf(transfer: Transfer, entry: OutboxEntry, transaction: string): string | null {
  if (transfer.attempts[0]?.transaction === transaction) return entry.signed
  return entry.replacements.find((one) => one.transaction === transaction)?.signed ?? null
}

/** With whatever was signed and not written into the row before the worker died: the same object where there is nothing. */
export function withSigned(transfer: Transfer, entry: OutboxEntry | null): Transfer {
  const known = new Set(transfer.attempts.map(({ transaction }) => transaction))
  const missing = (entry?.replacements ?? []).filter(({ transaction }) => !known.has(transaction))
  const newest = missing.at(-1)
  if (!newest) return transfer
  const attempts = missing.map(
    ({ transaction, does }): TransferAttempt => ({ transaction, does, refused: false }),
  )
  return {
    ...transfer,
    state: 'signed',
    transaction: newest.transaction,
    attempts: [...transfer.attempts, ...attempts],
  }
}
