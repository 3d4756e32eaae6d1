import { countedOf, countedRequestOf } from '../domain/counted.ts'
import type { Currency } from '../domain/currency.ts'
import type { Payment, RequestRow } from '../domain/payment.ts'
import type { PartName, Scope, Total, TotalKind } from './rows/total-row.ts'

/** A payment with some of its requests. */
export interface Books<Paid extends Payment = Payment> {
  readonly payment: Paid
  readonly requests: readonly RequestRow[]
}

/** What is to be added to one row of the totals, or to one part of it; amounts are signed, in atomic units. */
export interface Entry {
  readonly scope: Scope
  readonly currency: Currency
  readonly kind: TotalKind
  readonly startMs: number
  /** null: the row's own sums. */
  readonly part: PartName | null
  readonly settled: bigint
  readonly live: bigint
  readonly count: number
}

/**
 * What the totals must be changed by when rows change from one state to another; null: they were not there before.
 * Payments make the person's book (a day's own sums) and the gateways' parts; requests make the parts of models,
 * principals and budgets. A row counts in the day and hour in which it was reserved, for good.
 */
export function entriesBetween(before: Books | null, after: Books): readonly Entry[] {
  const sums = new Map<string, Entry>()
  for (const entry of entriesOf(after)) addTo(sums, entry)
  if (before !== null) for (const entry of entriesOf(before)) addTo(sums, negated(entry))
  return [...sums.values()].filter((entry) => entry.settled !== 0n || entry.live !== 0n || entry.count !== 0)
}

/** The key of the row that an entry belongs to, as one string. */
export function rowText(row: Pick<Total, 'scope' | 'currency' | 'kind' | 'startMs'>): string {
  return `${row.kind} ${row.startMs} ${row.currency} ${row.scope}`
}

function entriesOf({ payment, requests }: Books): readonly Entry[] {
  return [...paymentEntries(payment), ...requests.flatMap((request) => requestEntries(request, payment))]
}

function paymentEntries(payment: Payment): readonly Entry[] {
  const base = { ...dayOf(payment), ...countedOf(payment), count: 0 }
  return [
    { ...base, part: null },
    { ...base, part: `gateway:${payment.gatewayId}` },
  ]
}

function requestEntries(request: RequestRow, payment: Payment): readonly Entry[] {
  const base = { ...dayOf(request), ...countedRequestOf(request, payment.scheme), count: 1 }
  const counted = { ...base, settled: 0n, live: 0n }
  return [
    { ...counted, part: null },
    { ...counted, part: `gateway:${request.gatewayId}` },
    { ...base, part: `model:${request.model}` },
    { ...base, part: `principal:${request.principal}` },
    ...(request.budgetId === null ? [] : budgetEntries(request, base, request.budgetId)),
  ]
}

/** In the day's part, and in each kind of row that a budget may have of its own; which of them is kept, its period says. */
function budgetEntries(request: RequestRow, base: Omit<Entry, 'part'>, budgetId: string): readonly Entry[] {
  const own = { ...base, scope: `budget:${budgetId}`, part: null } as const
  return [
    { ...base, part: `budget:${budgetId}` },
    { ...own, kind: 'hour', startMs: request.hourStartMs },
    { ...own, kind: 'day' },
    { ...own, kind: 'life', startMs: 0 },
  ]
}

function dayOf(row: { readonly currency: Currency; readonly dayStartMs: number }) {
  return { scope: 'all', currency: row.currency, kind: 'day', startMs: row.dayStartMs } as const
}

function addTo(sums: Map<string, Entry>, entry: Entry): void {
  const key = `${rowText(entry)} ${entry.part ?? ''}`
  const old = sums.get(key)
  if (old === undefined) {
    sums.set(key, entry)
    return
  }
  sums.set(key, {
    ...old,
    settled: old.settled + entry.settled,
    live: old.live + entry.live,
    count: old.count + entry.count,
  })
}

function negated(entry: Entry): Entry {
  return { ...entry, settled: -entry.settled, live: -entry.live, count: -entry.count }
}
