import { z } from 'zod'
import type { PinnedTerms } from '../../domain/payment.ts'
import { network, parseRow, type Stored, timeMs } from './stored.ts'

export type StoredPin = Stored<PinnedTerms>

/** Reads stored terms; throws ChatError 'ledger-failed'. */
export function parsePin(value: unknown): PinnedTerms {
  return parseRow(pinSchema, value, 'pins')
}

const pinSchema: z.ZodType<PinnedTerms, z.ZodTypeDef, unknown> = z.object({
  gatewayId: z.string(),
  network,
  asset: z.string(),
  scheme: z.enum(['exact', 'upto']),
  payTo: z.string(),
  maxTimeoutSeconds: z.number().int(),
  extraJson: z.string(),
  resourceJson: z.string().nullable(),
  approvedAtMs: timeMs,
})
