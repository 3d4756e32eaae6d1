import { z } from 'zod'
import {
  type Budget,
  GRANT_MODES,
  type Grant,
  type GrantMode,
  isPayingMode,
  PAYING_MODES,
  type PayingMode,
  PERIODS,
  SETTLEMENT_MODES,
} from '../../domain/budget.ts'
import type { Currency } from '../../domain/currency.ts'
import { atomic, currency, parseRow, principal, type Stored, timeMs, toStored } from './stored.ts'

export type StoredGrant = Stored<Grant>

export function toStoredGrant(grant: Grant): StoredGrant {
  return toStored(grant)
}

/** Reads a stored grant; throws ChatError 'ledger-failed'. */
export function parseGrant(value: unknown): Grant {
  return parseRow(grantSchema, value, 'grants')
}

const budgetSchema: z.ZodType<Budget, z.ZodTypeDef, unknown> = z.object({
  id: z.string(),
  currency,
  cap: atomic,
  period: z.enum(PERIODS),
  maxPerRequest: atomic,
  models: z.union([z.literal('all'), z.array(z.string())]),
  expiresAtMs: timeMs.nullable(),
})

/** Every budget lies under its own currency. */
const budgetsSchema = z.record(currency, budgetSchema).refine((budgets) => {
  return Object.entries(budgets).every(([key, budget]) => budget?.currency === key)
}, 'A budget under another currency')

const grantSchema: z.ZodType<Grant, z.ZodTypeDef, unknown> = z
  .object({
    principal,
    mode: z.enum(GRANT_MODES),
    resumesTo: z.enum(PAYING_MODES).optional(),
    budgets: budgetsSchema.transform((budgets) => definedOnly(budgets)),
    settlement: z.enum(SETTLEMENT_MODES).nullable(),
    revision: z.number().int(),
    createdAtMs: timeMs,
    updatedAtMs: timeMs,
  })
  .transform(({ resumesTo, ...grant }) => ({ ...grant, resumesTo: resumesTo ?? resumeOf(grant.mode) }))

/** Rows of before this was kept: nobody knows how a stopped site paid, so it asks. */
function resumeOf(mode: GrantMode): PayingMode {
  return isPayingMode(mode) ? mode : 'ask'
}

function definedOnly(budgets: Partial<Record<Currency, Budget | undefined>>): Grant['budgets'] {
  const defined: Partial<Record<Currency, Budget>> = {}
  for (const budget of Object.values(budgets)) if (budget !== undefined) defined[budget.currency] = budget
  return defined
}
