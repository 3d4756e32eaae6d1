import type { ServerResponse } from 'node:http'
import type { Address } from 'viem'
import type { RequestRecord } from '../../counters.ts'
import { type LabRequest, sendJson } from '../http-server.ts'
import type { GatewayContext } from './gateway-context.ts'
import { paymentRequiredHeader, paywallHtml, unpaid } from './payment-required.ts'
import type { Session } from './session-book.ts'
import { parseUptoPayment, type UptoPayment } from './upto-payment.ts'

const sessionOver = { error: 'Session expired or exhausted' }
const deadlineTooSoon = { error: 'Payment authorization deadline missing or too soon' }

/** A facilitator that nobody runs: what the fault `wrong-facilitator` puts into a 402. */
const strangerFacilitator: Address = '0x1111111111111111111111111111111111111111'

interface Visit {
  request: LabRequest
  response: ServerResponse
  record: RequestRecord
}

/** Lets a request through that a session or a verified payment pays for; else answers it, and returns null. */
export async function admit(context: GatewayContext, visit: Visit): Promise<Session | null> {
  const { request, response, record } = visit
  const route = { method: request.method, path: request.url.pathname }
  const sessionId = header(request, 'x-upto-session')
  if (sessionId !== null) {
    const session = context.book.resume(sessionId, route)
    if (session) await endByFault(context, request, session)
    if (!session || !context.book.isUsable(session)) {
      sendJson(response, 402, sessionOver)
      return null
    }
    record.payer = session.payer
    return session
  }
  const paid = readPayment(context, request)
  if (paid.kind !== 'payment') {
    refuse(context, visit, paid.kind === 'unsupported' ? 'unsupported_payload_type' : unpaid)
    return null
  }
  const { payment } = paid
  record.hasPayment = true
  record.payer = payment.authorization.from
  record.nonce = payment.authorization.nonce.toString()
  const reason = await refusal(context, payment)
  if (reason) {
    refuse(context, visit, reason)
    return null
  }
  return openSession(context, visit, payment)
}

function openSession(
  context: GatewayContext,
  { request, response }: Visit,
  payment: UptoPayment,
): Session | null {
  const { book, faults } = context
  const known = book.ofPayment(payment)
  if (known && !book.isUsable(known)) {
    sendJson(response, 402, sessionOver)
    return null
  }
  if (known) return known
  if (faults.take('session-deadline', request.headers, 'paid') || !book.isAdmissible(payment)) {
    sendJson(response, 402, deadlineTooSoon)
    return null
  }
  return book.open(payment, { method: request.method, path: request.url.pathname })
}

/** The faults that end a running session: at its sum, or as if its cap were reached. */
async function endByFault(context: GatewayContext, { headers }: LabRequest, session: Session): Promise<void> {
  if (context.faults.take('session-expired', headers, 'paid')) await context.settler.settle(session)
  else if (context.faults.take('session-exhausted', headers, 'paid')) session.state = { kind: 'exhausted' }
}

async function refusal(context: GatewayContext, payment: UptoPayment): Promise<string | null> {
  // A payment that already opened a session is not checked against the chain again: its nonce may be used by now.
  if (context.book.ofPayment(payment)) return null
  const terms = context.terms()
  const verdict = await context.facilitator.verify(payment, terms)
  if (verdict.kind === 'invalid') return verdict.reason
  const { asset, amount, payTo, maxTimeoutSeconds } = payment.accepted
  const matches =
    asset === terms.token &&
    amount === terms.cap.toString() &&
    payTo === terms.payTo &&
    maxTimeoutSeconds === terms.maxTimeoutSeconds
  return matches ? null : 'No matching payment requirements'
}

function readPayment(context: GatewayContext, request: LabRequest) {
  const { paymentHeaders } = context.terms()
  const names = context.settings.requireXPaymentOnly ? ['x-payment'] : paymentHeaders
  const value = names.map((name) => header(request, name)).find((found) => found !== null)
  return value ? parseUptoPayment(value) : ({ kind: 'unreadable' } as const)
}

function refuse(context: GatewayContext, { request, response }: Visit, error: string): void {
  const terms = context.terms()
  const wrong = terms.namesFacilitator && context.faults.take('wrong-facilitator', request.headers)
  const url = `${context.baseUrl()}${request.url.pathname}`
  const facilitatorAddress = wrong ? strangerFacilitator : context.facilitator.nextAddress()
  const required = paymentRequiredHeader({ terms, url, error, facilitatorAddress })
  const status = error === 'permit2_allowance_required' ? terms.allowanceStatus : 402
  context.counters.unpaid402 += 1
  const headers = { 'payment-required': required }
  if (wantsPage(request)) {
    response.writeHead(status, { ...headers, 'content-type': 'text/html; charset=utf-8' })
    response.end(paywallHtml(terms))
  } else {
    sendJson(response, status, {}, headers)
  }
}

function wantsPage(request: LabRequest): boolean {
  const accepts = header(request, 'accept') ?? ''
  return accepts.includes('text/html') && (header(request, 'user-agent') ?? '').includes('Mozilla')
}

function header(request: LabRequest, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' && value !== '' ? value : null
}
