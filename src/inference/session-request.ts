/** A request inside an open OpenGradient session: no new signature, its cost counts against its own site's budget. */

import { ZERO } from '../domain/amount.ts'
import { ChatError } from '../domain/errors.ts'
import type { Payment, RequestRow } from '../domain/payment.ts'
import { decideSpend } from '../domain/spend-policy.ts'
import type { Call } from './call.ts'
import type { Consent, ConsentDeps } from './consent.ts'
import { PayFailure } from './pay.ts'
import { KeyTaken } from './reservation.ts'
import type { Session } from './sessions.ts'
import { gatewayError } from './terms.ts'
import { ANSWER_MS, dropBody, readSmallBody, send } from './wire.ts'

/** Name of the header that carries the session. Source: the gateway's published code. */
const SESSION_HEADER = 'X-Upto-Session'
/** What a gateway says of a session that takes no further request. Source: the gateway's published code. */
const SESSION_OVER = ['Session expired or exhausted', 'Payment authorization deadline missing or too soon']

export type SessionResult =
  | { readonly kind: 'response'; readonly response: Response; readonly request: RequestRow }
  /** No session is open, it has ended, or the rules want to ask: the ordinary way is gone. */
  | { readonly kind: 'not-in-session' }

/**
 * Throws PayFailure where the request was sent and no answer came: a lost one, a timeout or a 500 may have been counted,
 * so the site's hold stays until the chain has settled the session. Throws ChatError or KeyTaken where nothing was sent.
 */
export async function requestInSession(
  deps: ConsentDeps,
  call: Call,
  context: {
    readonly session: Session
    readonly signal: AbortSignal
    /** A yes that was just given for the ordinary way: it is good for the session too, which costs no more. */
    readonly consent: Consent | null
  },
): Promise<SessionResult> {
  const { session, signal, consent } = context
  const payment = await deps.ledger.getPayment(session.paymentId)
  if (payment?.state !== 'presented') {
    await deps.sessions.drop(session)
    return { kind: 'not-in-session' }
  }
  const consented = consent ?? (await decideInSession(deps, call, payment))
  if (consented === null) return { kind: 'not-in-session' }
  const reserved = await deps.ledger.reserveInSession({
    paymentId: payment.id,
    request: {
      id: call.requestId,
      principal: call.principal,
      idempotencyKey: call.key,
      bodyHash: call.bodyHash,
      gatewayId: call.gateway.config.id,
      model: call.prepared.model,
      expected: null,
      max: payment.maximum,
      held: consented.held,
      settlement: call.prepared.settlement ? { mode: call.prepared.settlement, reference: null } : null,
    },
    booking: consented.booking,
    grantRevision: consented.grantRevision,
    approval: consented.approval,
  })
  if (reserved.kind === 'exists') throw new KeyTaken(reserved)
  // The session is good: what does not fit the site's budget opens no other one.
  if (reserved.kind === 'refused' && consent !== null) throw new ChatError(reserved.reason)
  if (reserved.kind !== 'reserved') return { kind: 'not-in-session' }
  return sendInSession(deps, call, { request: reserved.request, session, signal })
}

/** What the rules say of one more request within the session; null: the person has to be asked. */
async function decideInSession(
  deps: ConsentDeps,
  call: Call,
  payment: Payment,
): Promise<Pick<Consent, 'held' | 'booking' | 'grantRevision' | 'approval'> | null> {
  const view = await deps.ledger.view(call.principal, payment.currency)
  const budget = view.grant?.budgets[payment.currency]
  const held = budget && budget.maxPerRequest < payment.maximum ? budget.maxPerRequest : payment.maximum
  const decision = decideSpend({
    nowMs: deps.clock.nowMs(),
    principal: call.principal,
    currency: payment.currency,
    model: call.prepared.model,
    network: payment.network,
    asset: payment.asset,
    payTo: payment.payTo,
    max: ZERO,
    held,
    maxCost: call.maxCost?.currency === payment.currency ? call.maxCost.amount : call.maxCost ? ZERO : null,
    grant: view.grant,
    guards: view.guards,
    today: view.today,
    period: view.period,
    payee: 'pinned',
    settlement: call.settlement,
    lastProofFailed: await deps.ledger.lastProofFailed(call.gateway.config.id),
    allowance: null,
    clock: await deps.clockCheck.check(payment.network),
    approval: null,
  })
  if (decision.kind === 'refuse') throw new ChatError(decision.reason)
  if (decision.kind === 'ask') return null
  return {
    held,
    booking: decision.booking.kind,
    grantRevision: view.grant?.revision ?? null,
    approval: null,
  }
}

async function sendInSession(
  deps: ConsentDeps,
  call: Call,
  context: { readonly request: RequestRow; readonly session: Session; readonly signal: AbortSignal },
): Promise<SessionResult> {
  const { request, session, signal } = context
  if (signal.aborted) {
    await giveBack(deps, request)
    throw new ChatError('aborted')
  }
  deps.memory.spend(call)
  deps.unsent.sends(call.requestId)
  try {
    const response = await send(deps, call.gateway.paidRequest(call.prepared, null), {
      signal,
      withinMs: ANSWER_MS,
      headers: { [SESSION_HEADER]: session.sessionId },
    })
    if (response.ok) return { kind: 'response', response, request }
    if (!(await isSessionOver(response))) throw await gatewayError(call, response)
  } catch (error) {
    throw new PayFailure(error, request.id, true)
  }
  deps.unsent.sentNothing(call.requestId)
  await giveBack(deps, request)
  await deps.sessions.drop(session)
  return { kind: 'not-in-session' }
}

/** A 402 that says so, or that asks for a payment anew: nothing was served. Another one proves nothing. */
async function isSessionOver(response: Response): Promise<boolean> {
  if (response.status !== 402) return false
  if (response.headers.has('PAYMENT-REQUIRED')) {
    dropBody(response)
    return true
  }
  const said = await readSmallBody(response.clone())
  const isOver = SESSION_OVER.some((words) => said.includes(words))
  if (isOver) dropBody(response)
  return isOver
}

/** Nothing was served: the site's hold is given back. What the session owes stays held until the chain has settled it. */
async function giveBack(deps: ConsentDeps, request: RequestRow): Promise<void> {
  await deps.ledger.releaseRequest(request.id)
  await deps.ledger.patchRequest(request.id, {
    answer: 'failed',
    error: 'gateway_failed',
    finishedAtMs: deps.clock.nowMs(),
  })
}
