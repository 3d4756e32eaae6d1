import { type AtomicAmount, maximum, subtract } from '../domain/amount.ts'
import { coverageOf } from '../domain/approval.ts'
import type { Budget } from '../domain/budget.ts'
import type { RequestRow, SignedAttempt } from '../domain/payment.ts'
import {
  BOOK_STORES,
  findPayment,
  findRequestsOf,
  releasedBooks,
  requireRequest,
  writeBooks,
} from './books.ts'
import { type Claim, type ClaimFacts, type ClaimVerdict, checkAgain, checkClaim } from './check-claim.ts'
import type { Ledger, PresentDecision, PresentResult } from './ledger.ts'
import type { LedgerParts } from './parts.ts'
import type { LedgerPayment } from './rows/payment-row.ts'
import type { StoreName } from './schema.ts'
import { createTotals, type Totals } from './totals.ts'
import type { NoteChange, Transactor, WriteTx } from './transact.ts'

const PRESENT_STORES: readonly StoreName[] = [...BOOK_STORES, 'grants', 'guards']

/** The last gate before signed bytes may leave: what was allowed at the reservation must still be. */
export function createPresent(
  transactor: Transactor,
  { clock, standings }: LedgerParts,
): Pick<Ledger, 'present'> {
  return {
    present: (paymentId, attempt, decision) =>
      transactor.write(PRESENT_STORES, 'strict', async (tx, note): Promise<PresentResult> => {
        const payment = await findPayment(tx, paymentId)
        const nowMs = clock.nowMs()
        if (payment === null || payment.state === 'settled' || payment.state === 'released') {
          return { kind: 'refused', reason: 'no-such-payment' }
        }
        const { openedBy, currency } = payment
        const totals = createTotals(tx)
        totals.prefetch(currency, nowMs)
        const [request, standing] = await Promise.all([
          requireRequest(tx, openedBy.requestId),
          standings.read(tx, openedBy.principal),
        ])
        const offer = { payment, request, attempt, decision: decision ?? null, nowMs }
        const verdict = await checkOffer(offer, { ...standing, totals })
        if (verdict.kind === 'refused') {
          if (payment.state === 'reserved') await releaseUnsent(tx, offer, note)
          return verdict
        }
        return {
          kind: 'presented',
          payment: await writePresented(tx, offer, { totals, budget: verdict.budget, note }),
        }
      }),
  }
}

interface Offer {
  readonly payment: LedgerPayment
  /** The request that the payment was reserved for. */
  readonly request: RequestRow
  readonly attempt: SignedAttempt
  readonly decision: PresentDecision | null
  readonly nowMs: number
}

async function checkOffer(offer: Offer, facts: ClaimFacts): Promise<ClaimVerdict> {
  const { payment, request } = offer
  const budget = facts.grant?.budgets[payment.currency] ?? null
  const claim = claimOf(offer, budget !== null && budget.id === request.budgetId)
  if (!isWithinTerms(offer, claim)) return { kind: 'refused', reason: 'over-approved' }
  if (isDecidedAnew(offer)) return checkClaim(claim, facts)

  const reason = await checkAgain(claim, facts)
  return reason === null ? { kind: 'fits', budget: null } : { kind: 'refused', reason }
}

/** Otherwise nothing more is asked for than what was decided upon at the reservation. */
function isDecidedAnew({ payment, attempt, decision }: Offer): boolean {
  return decision !== null || attempt.amount > payment.maximum
}

function claimOf(offer: Offer, isInBudget: boolean): Claim {
  const { payment, request, attempt, decision, nowMs } = offer
  const holds = heldFor(offer)
  return {
    principal: request.principal,
    currency: payment.currency,
    model: request.model,
    network: payment.network,
    asset: payment.asset,
    payTo: attempt.payTo,
    signs: attempt.amount,
    signsMore: subtract(maximum(attempt.amount, payment.maximum), payment.maximum),
    holds,
    holdsMore: isInBudget ? subtract(holds, request.held) : holds,
    booking: decision?.booking ?? (request.budgetId === null ? 'outside' : 'budget'),
    grantRevision: (decision ?? payment.openedBy).grantRevision,
    approval: (decision ?? payment.openedBy).approval,
    nowMs,
    // An increase counts in the period of the reservation, so it must fit there too.
    sinceMs: attempt.amount > payment.maximum ? payment.reservedAtMs : nowMs,
  }
}

/** Above the quote's maximum (`exact`) or to another payee nothing is signed without a yes that names it. */
function isWithinTerms({ payment, request, attempt, nowMs }: Offer, claim: Claim): boolean {
  const isQuoted = payment.scheme === 'upto' || attempt.amount <= request.max
  if (isQuoted && attempt.payTo === payment.payTo) return true
  return coverageOf(claim.approval, { ...claim, amount: attempt.amount, allowance: null }, nowMs) === 'covers'
}

/** Under `exact` a request holds what was signed for it at most; a session's requests hold their own amounts. */
function heldFor({ payment, request, attempt }: Offer): AtomicAmount {
  return payment.scheme === 'exact' ? maximum(request.held, attempt.amount) : request.held
}

async function writePresented(
  tx: WriteTx,
  offer: Offer,
  {
    totals,
    budget,
    note,
  }: { readonly totals: Totals; readonly budget: Budget | null; readonly note: NoteChange },
): Promise<LedgerPayment> {
  const { payment, request, attempt, decision } = offer
  const next: LedgerPayment = {
    ...payment,
    state: 'presented',
    maximum: maximum(payment.maximum, attempt.amount),
    attempts: [...payment.attempts, attempt],
    openedBy: decision === null ? payment.openedBy : { ...payment.openedBy, ...onlyDecision(decision) },
  }
  const held = heldFor(offer)
  const budgetId = isDecidedAnew(offer) ? (budget?.id ?? null) : request.budgetId
  const isSame = held === request.held && budgetId === request.budgetId
  const nextRequest = isSame ? request : { ...request, held, budgetId }
  const before = { payment, requests: [request] }
  await writeBooks(
    tx,
    {
      before,
      after: { payment: next, requests: [nextRequest] },
      totals,
      own: { create: budget, others: 'if-there' },
    },
    note,
  )
  return next
}

function onlyDecision({ grantRevision, approval }: PresentDecision) {
  return { grantRevision, approval }
}

/** It never left this machine, and it never will. */
async function releaseUnsent(tx: WriteTx, { payment, nowMs }: Offer, note: NoteChange): Promise<void> {
  const before = { payment, requests: await findRequestsOf(tx, payment.id) }
  await writeBooks(tx, { before, after: releasedBooks(before, nowMs) }, note)
}
