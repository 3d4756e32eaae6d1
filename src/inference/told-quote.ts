/** A quote as it was told to a caller, and its form in the store. */
import { type AtomicAmount, formatAtomic, parseAtomic } from '../domain/amount.ts'
import { type Currency, isCurrency } from '../domain/currency.ts'
import type { GatewayQuote } from '../gateways/gateway.ts'

/** Nothing above `max` is signed for a request that names it. */
export interface ToldQuote {
  readonly id: string
  /** The request that it is for, with its principal and gateway. */
  readonly name: string
  readonly max: AtomicAmount
  readonly currency: Currency
  /** From when it counts, and until when it may be named, unix ms. */
  readonly atMs: number
  readonly expiresAtMs: number
  /** The gateway's own quote, for one paid request; null where it has none, or it was used. */
  readonly wire: { readonly quote: GatewayQuote; readonly atMs: number } | null
}

/** JSON-safe: amounts as decimal strings. */
export function toStoredQuote(told: ToldQuote): unknown {
  const { wire } = told
  return {
    ...told,
    max: formatAtomic(told.max),
    wire: wire && {
      atMs: wire.atMs,
      quote: {
        ...wire.quote,
        expected: formatAtomic(wire.quote.expected),
        max: formatAtomic(wire.quote.max),
      },
    },
  }
}

/** Null for anything that `toStoredQuote` did not write: that quote is then unknown. */
export function parseStoredQuote(value: unknown): ToldQuote | null {
  const row = fieldsOf(value)
  const { id, name, max, currency, atMs, expiresAtMs } = row
  if (typeof id !== 'string' || typeof name !== 'string' || !isCurrency(currency)) return null
  if (typeof atMs !== 'number' || typeof expiresAtMs !== 'number') return null
  const amount = parseAmount(max)
  return amount && { id, name, max: amount.value, currency, atMs, expiresAtMs, wire: parseWire(row.wire) }
}

function parseWire(value: unknown): ToldQuote['wire'] {
  const { atMs, quote } = fieldsOf(value)
  const row = fieldsOf(quote)
  const [expected, max] = [parseAmount(row.expected), parseAmount(row.max)]
  const { currency, inputTokens, maxOutputTokens } = row
  if (typeof atMs !== 'number' || !expected || !max || !isCurrency(currency)) return null
  if (!isCount(inputTokens) || !isCount(maxOutputTokens)) return null
  const headers: Record<string, string> = {}
  for (const [header, text] of Object.entries(fieldsOf(row.headers))) {
    if (typeof text !== 'string') return null
    headers[header] = text
  }
  const facts = { expected: expected.value, max: max.value, currency, inputTokens, maxOutputTokens }
  return { atMs, quote: { ...facts, headers } }
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}

/** Boxed, for an amount of 0 is one too. */
function parseAmount(value: unknown): { readonly value: AtomicAmount } | null {
  if (typeof value !== 'string') return null
  try {
    return { value: parseAtomic(value) }
  } catch {
    return null
  }
}

function isCount(value: unknown): value is number | null {
  return value === null || typeof value === 'number'
}
