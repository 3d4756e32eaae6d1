import { minimum } from '../domain/amount.ts'
import { type Budget, GRANT_MODES, type Grant, type GrantMode } from '../domain/budget.ts'
import { CURRENCIES } from '../domain/currency.ts'
import { isEvmNetwork } from '../domain/network.ts'
import type { RequestRow, SignedAttempt } from '../domain/payment.ts'
import type { LedgerPayment } from './rows/payment-row.ts'

/** Seconds after its reservation in which a payment was signed for the last time, and that signature ran out. */
const LONGEST_LIFE_SECONDS = 3600

/**
 * What was reserved when a dump was taken may have been presented since, elsewhere: it counts as live until the chain
 * shows its nonce unused. Without a nonce (Solana) nobody can tell, and it stays live.
 */
export function presumePresented(payment: LedgerPayment): LedgerPayment {
  if (payment.state !== 'reserved') return payment
  const presumed: SignedAttempt = {
    amount: payment.maximum,
    payTo: payment.payTo,
    validBefore: Math.floor(payment.reservedAtMs / 1000) + LONGEST_LIFE_SECONDS,
    lastValidBlockHeight: null,
    signature: 'unknown',
    payload: '',
    presentedAtMs: payment.reservedAtMs,
  }
  return { ...payment, state: 'presented', attempts: isEvmNetwork(payment.network) ? [presumed] : [] }
}

/** The ids of budgets in a dump, each with the id of the same principal's budget here in that currency. */
export function budgetsInPlace(
  here: readonly Grant[],
  dumped: readonly Grant[],
): ReadonlyMap<string, string> {
  const pairs = dumped.flatMap(({ principal, budgets }) => {
    const own = here.find((grant) => grant.principal === principal)?.budgets ?? {}
    return CURRENCIES.flatMap((currency): [string, string][] => {
      const [from, to] = [budgets[currency]?.id, own[currency]?.id]
      return from === undefined || to === undefined ? [] : [[from, to]]
    })
  })
  return new Map(pairs)
}

/** The request as it counts here: in the budget that stands in the place of its own. */
export function rebooked(request: RequestRow, inPlace: ReadonlyMap<string, string>): RequestRow {
  const { budgetId } = request
  return budgetId === null ? request : { ...request, budgetId: inPlace.get(budgetId) ?? budgetId }
}

/** A grant that is here, no more generous than that of a dump; the same object where it is not anyway. */
export function stricterOf(here: Grant, dumped: Grant): Grant {
  const mode = stricterMode(here.mode, dumped.mode)
  const budgets = { ...here.budgets }
  const resumesTo = here.resumesTo === 'ask' ? 'ask' : dumped.resumesTo
  let isSame = mode === here.mode && resumesTo === here.resumesTo
  for (const currency of CURRENCIES) {
    const [own, other] = [here.budgets[currency], dumped.budgets[currency]]
    if (own === undefined || other === undefined) continue
    const lower = lowerBudget(own, other)
    if (lower === own) continue
    budgets[currency] = lower
    isSame = false
  }
  return isSame ? here : { ...here, mode, resumesTo, budgets }
}

/** Least generous last. */
function stricterMode(a: GrantMode, b: GrantMode): GrantMode {
  return GRANT_MODES.indexOf(a) >= GRANT_MODES.indexOf(b) ? a : b
}

/** Caps of different periods cannot be compared: then the one that is here stands. */
function lowerBudget(own: Budget, other: Budget): Budget {
  const cap = own.period === other.period ? minimum(own.cap, other.cap) : own.cap
  const maxPerRequest = minimum(own.maxPerRequest, other.maxPerRequest)
  return cap === own.cap && maxPerRequest === own.maxPerRequest ? own : { ...own, cap, maxPerRequest }
}
