import { z } from 'zod'
import type { Transfer, TransferAttempt } from '../../domain/payment.ts'
import { atomic, network, parseRow, type Stored, timeMs, toStored } from './stored.ts'

/** `openSinceMs` is there only while its end is not known; `recency` is the time, negated. */
export type StoredTransfer = Stored<Transfer> & { readonly openSinceMs?: number; readonly recency: number }

export function toStoredTransfer(transfer: Transfer): StoredTransfer {
  const stored = { ...toStored(transfer), recency: -transfer.createdAtMs }
  const isOpen = transfer.state === 'signed' || transfer.state === 'sent'
  return isOpen ? { ...stored, openSinceMs: transfer.createdAtMs } : stored
}

/** Reads a stored transfer; throws ChatError 'ledger-failed'. */
export function parseTransfer(value: unknown): Transfer {
  return parseRow(transferSchema, value, 'transfers')
}

const attemptSchema: z.ZodType<TransferAttempt, z.ZodTypeDef, unknown> = z.object({
  transaction: z.string(),
  does: z.enum(['transfer', 'cancel']),
  refused: z.boolean(),
})

const rowSchema = z.object({
  id: z.string(),
  kind: z.enum(['send', 'allowance']),
  network,
  account: z.string(),
  asset: z.string(),
  to: z.string(),
  amount: atomic,
  fee: atomic.nullable(),
  state: z.enum(['signed', 'sent', 'confirmed', 'failed']),
  transaction: z.string().nullable(),
  attempts: z.array(attemptSchema).default([]),
  reason: z.string().nullable(),
  createdAtMs: timeMs,
  updatedAtMs: timeMs,
})

/** Rows from before a transfer could have more than one transaction do not list them. */
const transferSchema: z.ZodType<Transfer, z.ZodTypeDef, unknown> = rowSchema.transform((row) =>
  row.attempts.length > 0 || row.transaction === null
    ? row
    : { ...row, attempts: [{ transaction: row.transaction, does: 'transfer', refused: false } as const] },
)
