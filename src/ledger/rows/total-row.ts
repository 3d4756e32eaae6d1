import { parseAtomic } from '../../domain/amount.ts'
import type { Sums } from '../../domain/budget.ts'
import { type Currency, isCurrency } from '../../domain/currency.ts'
import { ChatError } from '../../domain/errors.ts'
import { type Stored, toStored } from './stored.ts'

/** `all`: the days of everything, with their parts. `budget:…`: rows of one budget that is not counted by the day. */
export type Scope = 'all' | `budget:${string}`
/** A share of a day: who was paid, what answered, who spent, and in which budget. */
export type PartName = `${'gateway' | 'model' | 'principal' | 'budget'}:${string}`
/** One local hour, one local day, or everything ever. */
export type TotalKind = 'hour' | 'day' | 'life'
export type TotalKey = [scope: Scope, currency: Currency, kind: TotalKind, startMs: number]

export interface Part extends Sums {
  readonly name: PartName
  /** Requests made, whatever became of them. */
  readonly count: number
}

/** What was settled and is live of everything that was reserved in one bucket of time, in atomic units. */
export interface Total extends Sums {
  readonly scope: Scope
  readonly currency: Currency
  readonly kind: TotalKind
  /** Start of the local hour or day; 0 for `life`. */
  readonly startMs: number
  /** Exclusive; null for `life`. */
  readonly endMs: number | null
  /** Requests made, whatever became of them. */
  readonly count: number
  readonly parts: readonly Part[]
}

export type StoredTotal = Stored<Total>

export function toStoredTotal(total: Total): StoredTotal {
  return toStored(total)
}

/**
 * Reads a stored total; throws ChatError 'ledger-failed'. By hand: every reservation waits for it, and a schema takes
 * several times as long.
 */
export function parseTotal(value: unknown): Total {
  const row = requireRecord(value)
  const { scope, currency, kind, startMs, endMs, count, parts } = row
  if (!isScope(scope) || !isCurrency(currency) || !isKind(kind)) return unreadable('key')
  if (!isWhole(startMs) || (endMs !== null && !isWhole(endMs)) || !isWhole(count)) return unreadable('times')
  if (!Array.isArray(parts)) return unreadable('parts')
  return { scope, currency, kind, startMs, endMs, count, ...parseSums(row), parts: parts.map(parsePart) }
}

function parsePart(value: unknown): Part {
  const row = requireRecord(value)
  const { name, count } = row
  if (!isPartName(name) || !isWhole(count)) return unreadable('part')
  return { name, count, ...parseSums(row) }
}

function parseSums({ settled, live }: Readonly<Record<string, unknown>>): Sums {
  if (typeof settled !== 'string' || typeof live !== 'string') return unreadable('sums')
  try {
    return { settled: parseAtomic(settled), live: parseAtomic(live) }
  } catch (cause) {
    throw new ChatError('ledger-failed', { store: 'totals', path: 'sums' }, { cause })
  }
}

function requireRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : unreadable('row')
}

function isScope(value: unknown): value is Scope {
  return typeof value === 'string' && (value === 'all' || value.startsWith('budget:'))
}

function isPartName(value: unknown): value is PartName {
  return typeof value === 'string' && /^(gateway|model|principal|budget):/.test(value)
}

function isKind(value: unknown): value is TotalKind {
  return value === 'hour' || value === 'day' || value === 'life'
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value)
}

function unreadable(path: string): never {
  throw new ChatError('ledger-failed', { store: 'totals', path })
}
