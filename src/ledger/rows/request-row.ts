import { z } from 'zod'
import { SETTLEMENT_MODES } from '../../domain/budget.ts'
import type { Proof, RequestRow } from '../../domain/payment.ts'
import {
  atomic,
  currency,
  network,
  parseRow,
  principal,
  type Stored,
  settledBy,
  timeMs,
  toStored,
} from './stored.ts'

/** Digits of the largest uint256: texts of this length sort as their numbers do. */
const COST_DIGITS = 78

/**
 * `recency` is the time, negated: indexes then run from the newest to the oldest. `costText` is the cost as sortable
 * text, absent while there is none.
 */
export type StoredRequest = Stored<RequestRow> & { readonly recency: number; readonly costText?: string }

export function toStoredRequest(request: RequestRow): StoredRequest {
  const stored = { ...toStored(request), recency: -request.createdAtMs }
  if (request.cost === null) return stored
  return { ...stored, costText: request.cost.toString().padStart(COST_DIGITS, '0') }
}

/** Reads a stored request; throws ChatError 'ledger-failed'. */
export function parseRequest(value: unknown): RequestRow {
  return parseRow(requestSchema, value, 'requests')
}

const count = z.number().int().nonnegative()

const proofSchema: z.ZodType<Proof, z.ZodTypeDef, unknown> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tee'),
    verdict: z.enum(['verified', 'unconfirmed', 'failed']),
    teeId: z.string(),
    requestHash: z.string(),
    outputHash: z.string(),
    timestamp: z.number().int(),
    signature: z.string(),
  }),
  z.object({
    kind: z.literal('ambient'),
    verdict: z.enum(['reported', 'failed', 'pending', 'none']),
    merkleRoot: z.string().nullable(),
  }),
  z.object({ kind: z.literal('none') }),
])

const requestSchema: z.ZodType<RequestRow, z.ZodTypeDef, unknown> = z.object({
  id: z.string(),
  principal,
  idempotencyKey: z.string(),
  bodyHash: z.string(),
  gatewayId: z.string(),
  model: z.string(),
  paymentId: z.string(),
  currency,
  network,
  expected: atomic.nullable(),
  max: atomic,
  held: atomic,
  cost: atomic.nullable(),
  reported: atomic.nullable().default(null),
  money: z.enum(['live', 'settled', 'released']),
  settledBy,
  budgetId: z.string().nullable(),
  answer: z.enum(['paying', 'streaming', 'answered', 'failed']),
  error: z.string().nullable(),
  createdAtMs: timeMs,
  hourStartMs: timeMs,
  dayStartMs: timeMs,
  finishedAtMs: timeMs.nullable(),
  usage: z.object({ promptTokens: count, completionTokens: count, totalTokens: count }).nullable(),
  proof: proofSchema,
  settlement: z.object({ mode: z.enum(SETTLEMENT_MODES), reference: z.string().nullable() }).nullable(),
})
