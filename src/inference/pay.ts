/** From a yes to a response: reserve, sign, check, write `presented`, send; and the same again for a new offer, with the same nonce. */
import { ChatError } from '../domain/errors.ts'
import type { Payment, RequestRow, SignedAttempt } from '../domain/payment.ts'
import type { PresentDecision } from '../ledger/ledger.ts'
import type { Offer, OfferSet } from '../payment/offer.ts'
import type { Call } from './call.ts'
import type { Consent, ConsentDeps } from './consent.ts'
import { judge } from './judge.ts'
import { pinTerms } from './pin-terms.ts'
import { prepareReservation, type Reserved, requireReserved } from './reservation.ts'
import { keepSession, sendPaid, sign } from './send-paid.ts'
import { gatewayError, parseOffers, pickTerms, readOffers, type Terms } from './terms.ts'
import { dropBody } from './wire.ts'

/** Most signatures for one request: the first, and two for offers that changed. */
const MAX_ATTEMPTS = 3

/** A response whose request was paid for (or may have been). */
export interface PaidResponse {
  readonly response: Response
  readonly payment: Payment
  readonly request: RequestRow
  /** What the newest signature is for. */
  readonly attempt: SignedAttempt
  readonly terms: Terms
}

/** What had been written when a payment failed on its way. */
export class PayFailure extends Error {
  override readonly name = 'PayFailure'
  constructor(
    readonly error: unknown,
    readonly requestId: string,
    /** A signature may have left this machine. */
    readonly presented: boolean,
  ) {
    super('payment failed', { cause: error })
  }
}

/** Throws PayFailure once something was reserved, ChatError or KeyTaken before. */
export async function pay(
  deps: ConsentDeps,
  call: Call,
  consent: Consent,
  signal: AbortSignal,
): Promise<PaidResponse> {
  const reserved = consent.reserved ?? (await reserve(deps, call, consent))
  let { payment } = reserved
  let { terms } = consent
  let decision: PresentDecision | undefined
  let presented = false
  try {
    for (let round = 1; ; round++) {
      signal.throwIfAborted()
      const signed = await sign(deps, consent, { payment, terms })
      signal.throwIfAborted()
      deps.unsent.sends(call.requestId)
      const attempted = { ...signed, presentedAtMs: deps.clock.nowMs() }
      const result = await deps.ledger.present(payment.id, attempted, decision)
      if (result.kind === 'refused') throw new ChatError(presentRefusal(result.reason))
      payment = result.payment
      presented = true
      deps.memory.spend(call)
      const sending = sendPaid(deps, call, { terms, payload: signed.payload, signal })
      // Beside the request, in the same turn: it is in the ledger already.
      void deps.scheduleReconcile(deps.clock.nowMs() + 5_000)
      const response = await sending
      await keepSession(deps, call, payment, response)
      const attempt = payment.attempts.at(-1)
      if (!attempt) throw new ChatError('ledger-failed')
      if (response.ok) return { response, payment, request: reserved.request, attempt, terms }
      if (response.status !== 402) throw await gatewayError(call, response)
      if (round >= MAX_ATTEMPTS) throw refusedAgain(response)
      const next = await nextTerms(deps, call, { response, consent, terms, attempt, signal })
      terms = next.terms
      decision = next.decision
    }
  } catch (error) {
    if (!presented) await deps.ledger.release(payment.id)
    throw new PayFailure(error, reserved.request.id, presented)
  }
}

async function reserve(deps: ConsentDeps, call: Call, consent: Consent): Promise<Reserved> {
  const { booking, grantRevision, approval, held } = consent
  const reservation = prepareReservation(deps, call, consent)({ booking, grantRevision, approval, held })
  return requireReserved(await deps.ledger.reserve(reservation))
}

/** A new 402 goes through the same decision again; what cannot be decided by the rules or the standing yes ends the request. */
async function nextTerms(
  deps: ConsentDeps,
  call: Call,
  facts: {
    readonly response: Response
    readonly consent: Consent
    readonly terms: Terms
    readonly attempt: SignedAttempt
    readonly signal: AbortSignal
  },
): Promise<{ readonly terms: Terms; readonly decision: PresentDecision }> {
  const { response, consent, attempt } = facts
  const { offer: before } = facts.terms
  if (before.asset.method === 'solana') throw refusedAgain(response)
  const { addresses } = consent
  const isTooLate = before.scheme === 'upto' && !response.headers.has('PAYMENT-REQUIRED')
  const [offers, pins] = await Promise.all([
    isTooLate ? offersAgain(deps, call, facts) : parseOffers(deps, response, addresses),
    deps.ledger.getPins(call.gateway.config.id),
  ])
  const terms = await pickTerms(deps, call, {
    offers,
    quote: facts.terms.wire,
    pins,
    addresses,
    frozen: before,
  })
  if (!isTooLate && sameOffer(terms.offer, before))
    throw new ChatError('gateway-refused', { said: offers.serverError ?? '' })
  if (terms.payee === 'changed') deps.doubts.add(call.gateway.config.id)
  if (consent.approval && consent.approval.payTo !== terms.offer.payTo) throw new ChatError('offer-changed')
  const { decision, view } = await judge(deps, call, terms, {
    alreadyHeld: attempt.amount,
    allowance: consent.allowance,
  })
  if (decision.kind === 'refuse') throw new ChatError(decision.reason)
  if (decision.kind === 'ask') throw new ChatError('offer-changed', { reasons: decision.reasons.join(', ') })
  // Stale pins are mended where the payee is the same; they only save a round trip, so nothing waits for them.
  if (terms.payee === 'pinned') void pinTerms(deps, call, terms).catch(() => undefined)
  return {
    terms,
    decision: {
      booking: decision.booking.kind,
      grantRevision: view.grant?.revision ?? null,
      approval: deps.memory.find(call),
    },
  }
}

/** A 402 without an offer finds the deadline too soon, or its session over: a fresh offer is signed under the same nonce. */
function offersAgain(
  deps: ConsentDeps,
  call: Call,
  {
    response,
    consent,
    terms,
    signal,
  }: {
    readonly response: Response
    readonly consent: Consent
    readonly terms: Terms
    readonly signal: AbortSignal
  },
): Promise<OfferSet> {
  dropBody(response)
  return readOffers(deps, call, terms.wire, { addresses: consent.addresses, signal })
}

function sameOffer(a: Offer, b: Offer): boolean {
  return (
    a.amount === b.amount &&
    a.payTo === b.payTo &&
    a.maxTimeoutSeconds === b.maxTimeoutSeconds &&
    a.facilitator === b.facilitator &&
    JSON.stringify(a.accepted.extra ?? null) === JSON.stringify(b.accepted.extra ?? null)
  )
}

function refusedAgain(response: Response): ChatError {
  dropBody(response)
  return new ChatError('gateway-refused', { status: String(response.status) })
}

function presentRefusal(reason: string) {
  switch (reason) {
    case 'no-such-payment':
      return 'ledger-failed'
    case 'over-budget':
    case 'over-approved':
    case 'frozen':
    case 'unlock-expired':
    case 'grant-changed':
    case 'site-blocked':
    case 'site-paused':
    case 'over-limit-day':
    case 'over-limit-request':
    case 'currency-off':
      return reason
    default:
      return 'over-budget'
  }
}
