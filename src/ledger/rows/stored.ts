import { z } from 'zod'
import { parseAtomic } from '../../domain/amount.ts'
import { CURRENCIES } from '../../domain/currency.ts'
import { ChatError } from '../../domain/errors.ts'
import { PAYMENT_NETWORKS } from '../../domain/network.ts'
import { type Principal, parsePrincipal } from '../../domain/principal.ts'

/** A row as it is stored: every amount a decimal string, everything else as it is. */
export type Stored<T> = T extends bigint
  ? string
  : T extends string | number | boolean | null | undefined
    ? T
    : T extends readonly (infer Item)[]
      ? readonly Stored<Item>[]
      : { readonly [Key in keyof T]: Stored<T[Key]> }

/** Turns every amount of a row into its decimal string. */
export function toStored<T>(row: T): Stored<T> {
  return storedValue(row) as Stored<T>
}

function storedValue(value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(storedValue)
  const stored: Record<string, unknown> = {}
  for (const [key, item] of Object.entries(value)) stored[key] = storedValue(item)
  return stored
}

/** Reads a stored row. Throws ChatError 'ledger-failed' where it does not parse: such a row never counts as zero. */
export function parseRow<T>(schema: z.ZodType<T, z.ZodTypeDef, unknown>, value: unknown, store: string): T {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const path = parsed.error.issues[0]?.path.join('.') ?? ''
  throw new ChatError('ledger-failed', { store, path }, { cause: parsed.error })
}

export const atomic = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,77})$/)
  .transform((text) => parseAtomic(text))
export const currency = z.enum(CURRENCIES)
export const network = z.enum(PAYMENT_NETWORKS)
export const timeMs = z.number().int()
export const settledBy = z.enum(['gateway', 'chain']).nullable()
export const principal = z.string().transform((text, context): Principal => {
  const parsed = parsePrincipal(text)
  if (parsed !== undefined) return parsed
  context.addIssue({ code: 'custom', message: 'Not a principal' })
  return z.NEVER
})
