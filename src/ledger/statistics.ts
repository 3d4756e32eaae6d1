import type { Sums } from '../domain/budget.ts'
import { CURRENCIES, type Currency } from '../domain/currency.ts'
import { ChatError } from '../domain/errors.ts'
import { dayStartBefore } from '../domain/period.ts'
import { type Principal, parsePrincipal } from '../domain/principal.ts'
import { requirePayment } from './books.ts'
import type { DailyScope, DayTotal, Ledger } from './ledger.ts'
import type { LedgerDeps } from './ports.ts'
import { parseRequest } from './rows/request-row.ts'
import type { Part, Total } from './rows/total-row.ts'
import { partOf } from './total-math.ts'
import { createTotals } from './totals.ts'
import type { ReadTx, Transactor } from './transact.ts'

/** Most rows that are passed over for being too old. */
const MAX_DEAREST = 1_000

/** Sums for meters and charts, from the totals alone: never a scan of the history. */
export function createStatistics(
  transactor: Transactor,
  { clock }: Pick<LedgerDeps, 'clock'>,
): Pick<Ledger, 'today' | 'daily' | 'dearest' | 'seen' | 'countHistory'> {
  return {
    today: () =>
      transactor.read(['totals'], async (tx) => {
        const nowMs = clock.nowMs()
        const totals = createTotals(tx)
        return everyCurrency((currency) => totals.today(currency, { nowMs, sinceMs: nowMs }))
      }),

    daily: (scope, days) =>
      transactor.read(['totals'], async (tx) => {
        const startMs = dayStartBefore(clock.nowMs(), days - 1)
        const totals = createTotals(tx)
        const perCurrency = await Promise.all(CURRENCIES.map((currency) => totals.days(currency, startMs)))
        return perCurrency
          .flat()
          .flatMap((day) => dayTotalsOf(day, scope))
          .sort((a, b) => b.dayStartMs - a.dayStartMs)
      }),

    dearest: (currency, fromMs) =>
      transactor.read(['requests', 'payments'], async (tx) => {
        const range = IDBKeyRange.bound([currency], [currency, []])
        let cursor = await tx.objectStore('requests').index('dearest').openCursor(range, 'prev')
        for (let looked = 0; cursor && looked < MAX_DEAREST; looked++, cursor = await cursor.continue()) {
          const request = parseRequest(cursor.value)
          if (request.createdAtMs < fromMs) continue
          return { request, payment: await requirePayment(tx, request.paymentId) }
        }
        return null
      }),

    seen: () =>
      transactor.read(['requests'], async (tx) => {
        const [principals, models, gateways] = await Promise.all([
          namesIn(tx, 'principal'),
          namesIn(tx, 'model'),
          namesIn(tx, 'gateway'),
        ])
        return { principals: principals.map(requirePrincipal), models, gateways }
      }),

    countHistory: () =>
      transactor.read(['totals'], async (tx) => {
        const totals = createTotals(tx)
        const perCurrency = await Promise.all(
          CURRENCIES.map((currency) => totals.days(currency, Number.NEGATIVE_INFINITY)),
        )
        return perCurrency.flat().reduce((sum, day) => sum + day.count, 0)
      }),
  }
}

async function everyCurrency(
  sums: (currency: Currency) => Promise<Sums>,
): Promise<Readonly<Record<Currency, Sums>>> {
  const [USDC, OPG, tUSDC, tOPG] = await Promise.all([sums('USDC'), sums('OPG'), sums('tUSDC'), sums('tOPG')])
  return { USDC, OPG, tUSDC, tOPG }
}

function dayTotalsOf(day: Total, scope: DailyScope): readonly DayTotal[] {
  const sums = sumsOf(day, scope)
  if (sums === undefined) return []
  const { settled, live, count } = sums
  return [{ dayStartMs: day.startMs, currency: day.currency, settled, live, count }]
}

function sumsOf(day: Total, scope: DailyScope): Total | Part | undefined {
  switch (scope.kind) {
    case 'all':
      return day
    case 'principal':
      return partOf(day, `principal:${scope.principal}`)
    case 'model':
      return partOf(day, `model:${scope.model}`)
    case 'gateway':
      return partOf(day, `gateway:${scope.gatewayId}`)
  }
}

/** The names in an index: from the first row of one on to the first of the next, over everything between. */
async function namesIn(tx: ReadTx, index: 'principal' | 'model' | 'gateway'): Promise<readonly string[]> {
  const names: string[] = []
  let range: IDBKeyRange | null = null
  for (;;) {
    const cursor = await tx.objectStore('requests').index(index).openKeyCursor(range)
    if (cursor === null) return names
    const [name] = cursor.key
    names.push(name)
    // An array sorts after every number, so this lies behind the last row of the name.
    range = IDBKeyRange.lowerBound([name, []])
  }
}

function requirePrincipal(name: string): Principal {
  const principal = parsePrincipal(name)
  if (principal === undefined) throw new ChatError('ledger-failed', { store: 'requests', path: 'principal' })
  return principal
}
