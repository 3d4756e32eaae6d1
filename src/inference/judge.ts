/** The rules, asked with everything that they need to know. */
import { type AtomicAmount, subtract, ZERO } from '../domain/amount.ts'
import type { Grant, Sums } from '../domain/budget.ts'
import type { Currency } from '../domain/currency.ts'
import { ChatError } from '../domain/errors.ts'
import { decideSpend, type SpendDecision } from '../domain/spend-policy.ts'
import type { SpendView } from '../ledger/ledger.ts'
import type { Call } from './call.ts'
import type { ConsentDeps } from './consent.ts'
import { type Allowed, prepareReservation, type Reserved, requireReserved } from './reservation.ts'
import type { Terms } from './terms.ts'

export interface Judgement {
  readonly decision: SpendDecision
  readonly view: SpendView
  /** What counts against the site's budget. */
  readonly held: AtomicAmount
}

interface Known {
  /** What this very request holds already: not to be counted twice. */
  readonly alreadyHeld?: AtomicAmount
  /** What a signed token allowance beside the payment would be for. */
  readonly allowance?: AtomicAmount | null
}

/** What the rules say of these terms now; used again for every new offer of a started payment. */
export async function judge(
  deps: ConsentDeps,
  call: Call,
  terms: Terms,
  known: Known = {},
): Promise<Judgement> {
  const [view, rule] = await Promise.all([
    deps.ledger.view(call.principal, terms.offer.asset.currency),
    ruleFor(deps, call, { terms, ...known }),
  ])
  return rule.judge(view)
}

/** The same, and where the rules say `pay` the money is held in the transaction that was asked. Throws as `requireReserved`. */
export async function judgeAndReserve(
  deps: ConsentDeps,
  call: Call,
  allowed: Allowed & Pick<Known, 'allowance'>,
): Promise<Judgement & { readonly reserved: Reserved | null }> {
  const { currency } = allowed.terms.offer.asset
  const rule = await ruleFor(deps, call, allowed)
  const reservationFor = prepareReservation(deps, call, allowed)
  let judged: Judgement | undefined
  const result = await deps.ledger.decideAndReserve(
    { principal: call.principal, currency, idempotencyKey: call.key },
    (view) => {
      judged = rule.judge(view)
      const { decision, held } = judged
      if (decision.kind !== 'pay') return { kind: 'stop', why: decision.kind }
      const grantRevision = view.grant?.revision ?? null
      const booking = decision.booking.kind
      const decided = { booking, grantRevision, approval: rule.approval, held }
      return { kind: 'reserve', reservation: reservationFor(decided) }
    },
  )
  if (judged === undefined) throw new ChatError('ledger-failed')
  return { ...judged, reserved: result.kind === 'stop' ? null : requireReserved(result) }
}

/** Everything that the rules need besides the books, read before them: what is left is a pure function of the view. */
async function ruleFor(
  deps: ConsentDeps,
  call: Call,
  { terms, alreadyHeld = ZERO, allowance = null }: Known & { readonly terms: Terms },
) {
  const { offer, quote, payee } = terms
  const { currency, network, address: asset } = offer.asset
  const [clock, lastProofFailed] = await Promise.all([
    deps.clockCheck.check(network),
    deps.ledger.lastProofFailed(call.gateway.config.id),
  ])
  const approval = deps.memory.find(call)
  const { principal, settlement } = call
  const maxCost = maxCostIn(call, currency)
  return {
    approval,
    judge(view: SpendView): Judgement {
      const { grant, guards } = view
      const held = heldFor(terms, grant)
      const decision = decideSpend({
        ...{ nowMs: deps.clock.nowMs(), principal, currency, model: call.prepared.model, network, asset },
        ...{ payTo: offer.payTo, max: quote.max, held, maxCost, grant, guards },
        ...{ today: without(view.today, alreadyHeld), period: without(view.period, alreadyHeld) },
        ...{ payee, settlement, lastProofFailed, allowance, clock, approval },
      })
      return { decision, view, held }
    },
  }
}

/** The caller's own maximum, in atomic units of a currency: none of any other currency than the one it named. */
export function maxCostIn({ maxCost }: Call, currency: Currency): AtomicAmount | null {
  if (maxCost === null) return null
  return maxCost.currency === currency ? maxCost.amount : ZERO
}

/** Booked outside the budget, the amount is not in its sums: they stay as they are. */
function without(sums: Sums, held: AtomicAmount): Sums {
  return sums.live >= held ? { ...sums, live: subtract(sums.live, held) } : sums
}

/** `exact`: what is signed. `upto`: one answer's share of the session, bounded by the site's cap per request. */
function heldFor(terms: Terms, grant: Grant | null): AtomicAmount {
  const { offer } = terms
  if (offer.scheme === 'exact') return terms.quote.max
  const perRequest = grant?.budgets[offer.asset.currency]?.maxPerRequest
  return perRequest !== undefined && perRequest < offer.amount ? perRequest : offer.amount
}
