import { z } from 'zod'
import type { Guards, Limit, Limits } from '../../domain/budget.ts'
import { DEFAULT_LIMITS } from '../../domain/default-limits.ts'
import { atomic, parseRow, type Stored, timeMs, toStored } from './stored.ts'

export type StoredGuards = Stored<Guards>

/** Before the person chose anything: the default limits, not frozen, locked. */
export const FIRST_GUARDS: Guards = { limits: DEFAULT_LIMITS, frozen: false, unlockedUntilMs: 0, revision: 0 }

export function toStoredGuards(guards: Guards): StoredGuards {
  return toStored(guards)
}

/** Reads the stored guards; undefined gives the first ones; throws ChatError 'ledger-failed'. */
export function parseGuards(value: unknown): Guards {
  return value === undefined ? FIRST_GUARDS : parseRow(guardsSchema, value, 'guards')
}

/** Reads limits from a dump; throws ChatError 'ledger-failed'. */
export function parseLimits(value: unknown): Limits {
  return parseRow(limitsSchema, value, 'guards')
}

const limitSchema: z.ZodType<Limit, z.ZodTypeDef, unknown> = z.object({
  enabled: z.boolean(),
  maxPerRequest: atomic,
  perDay: atomic,
})

const limitsSchema: z.ZodType<Limits, z.ZodTypeDef, unknown> = z.object({
  USDC: limitSchema,
  OPG: limitSchema,
  tUSDC: limitSchema,
  tOPG: limitSchema,
})

const guardsSchema: z.ZodType<Guards, z.ZodTypeDef, unknown> = z.object({
  limits: limitsSchema,
  frozen: z.boolean(),
  unlockedUntilMs: timeMs,
  revision: z.number().int(),
})
