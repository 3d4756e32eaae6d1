import { randomBytes, randomUUID } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { type RequestRecord, recordRequest } from '../../counters.ts'
import type { FaultName } from '../../fault-names.ts'
import type { ChatBody } from '../chat-body.ts'
import { type LabRequest, sendJson } from '../http-server.ts'
import { admit } from './admit.ts'
import { type ProofFault, proofFaults } from './enclaves.ts'
import type { GatewayContext } from './gateway-context.ts'
import { readInferenceBody } from './inference-body.ts'
import { sendAnswer } from './send-answer.ts'
import type { Session, SettlementRule } from './session-book.ts'

type Json = Record<string, unknown>

const settlementFaults: [FaultName, SettlementRule][] = [
  ['settle-more-than-reported', 'more'],
  ['settle-zero', 'zero'],
  ['never-settle', 'never'],
]

/** Serves one inference request: bearer, payment or session, the gates behind it, the answer, its charge. */
export async function serveInference(
  context: GatewayContext,
  request: LabRequest,
  response: ServerResponse,
): Promise<void> {
  const record: RequestRecord = recordRequest(context.counters, {
    path: request.url.pathname,
    at: Date.now(),
    hasPayment: typeof request.headers['x-upto-session'] === 'string',
    payer: null,
    nonce: null,
    status: 0,
  })
  response.once('close', () => {
    record.status = response.headersSent ? response.statusCode : 0
  })
  if (context.faults.take('status-413', request.headers)) {
    return sendJson(response, 413, { error: 'Request body too large' })
  }
  if (!/^Bearer \S+/.test(request.headers.authorization ?? '')) return refuseBearer(response)
  const session = await admit(context, { request, response, record })
  if (!session) return
  context.counters.paid += 1
  context.counters.lastPaidBody = request.body.toString()
  // The session's header is on every answer from here on, an error included.
  response.setHeader('x-upto-session', session.id)
  const body = passGates(context, request, response)
  if (body) await answerRequest(context, { request, response, session, body })
}

function refuseBearer(response: ServerResponse): void {
  const problem = {
    detail: 'No authorization token provided',
    status: 401,
    title: 'Unauthorized',
    type: 'about:blank',
  }
  sendJson(response, 401, problem, { 'content-type': 'application/problem+json' })
}

/** What may still fail behind the payment; none of it is charged. Returns the body where all is well. */
function passGates(context: GatewayContext, request: LabRequest, response: ServerResponse): ChatBody | null {
  const { faults } = context
  const { headers } = request
  const failed = (status: number, error: Json) => {
    sendJson(response, status, error)
    return null
  }
  if (faults.take('pricing-unavailable', headers, 'paid')) {
    return failed(503, { error: 'Pricing unavailable: no OPG price has been fetched yet' })
  }
  const isJson = /^application\/json\b/.test(headers['content-type'] ?? '')
  if (!isJson || faults.take('status-415', headers, 'paid')) {
    return failed(415, { error: 'Unsupported Media Type', message: 'Request must be application/json' })
  }
  const body = readInferenceBody(request.body)
  if (!body)
    return failed(400, { detail: 'Request body is not valid JSON', status: 400, title: 'Bad Request' })
  const { model } = body
  if (!context.terms().models.includes(model) || faults.take('model-unsupported', headers, 'paid')) {
    return failed(400, { error: `Model '${model}' is not supported` })
  }
  const fault = faults.take('status-500', headers, 'paid')
  if (!fault) return body
  return context.terms().namesFacilitator
    ? failed(
        fault.param === 'provider' ? 502 : 500,
        fault.param === 'provider' ? providerError : gatewayError,
      )
    : failed(500, { error: 'Request processing failed' })
}

const gatewayError = {
  error: "'NoneType' object has no attribute 'content'",
  exception_type: 'AttributeError',
  source: 'gateway',
  retryable: false,
}

const providerError = {
  error: 'Overloaded',
  exception_type: 'OverloadedError',
  source: 'provider',
  provider_status: 529,
  retryable: true,
}

interface Admitted {
  request: LabRequest
  response: ServerResponse
  session: Session
  body: ChatBody
}

async function answerRequest(context: GatewayContext, admitted: Admitted): Promise<void> {
  const { request, response, session, body } = admitted
  applySettlementFault(context, request, session)
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  session.running += 1
  try {
    const ending = await sendAnswer(context, {
      request,
      response,
      answer: {
        body,
        enclaves: context.enclaves,
        pricePerToken: context.settings.pricePerToken,
        proofFault: proofFaultOf(context, request),
        withoutCost: context.faults.take('no-cost', request.headers, 'paid') !== null,
      },
      headers: settlementReference(request),
      signal: AbortSignal.any([gone.signal, context.closing]),
    })
    if (ending) context.book.charge(session, ending.cost)
  } finally {
    session.running -= 1
  }
}

function applySettlementFault(context: GatewayContext, { headers }: LabRequest, session: Session): void {
  for (const [name, rule] of settlementFaults) {
    if (context.faults.take(name, headers, 'paid')) session.rule = rule
  }
}

function proofFaultOf(context: GatewayContext, { headers }: LabRequest): ProofFault | null {
  return proofFaults.find((name) => context.faults.take(name, headers, 'paid')) ?? null
}

/**
 * Where the answer's hashes are going to be found: a job for a batch, a transaction and a blob for an individual
 * settlement, nothing for a private one. An unknown mode counts as the default, `batch`.
 */
function settlementReference(request: LabRequest): Record<string, string> {
  switch (request.headers['x-settlement-type']) {
    case 'private':
      return {}
    case 'individual':
      return {
        'x-settlement-tx-hash': `0x${randomBytes(32).toString('hex')}`,
        'x-settlement-walrus-blob-id': randomBytes(32).toString('base64url'),
      }
    default:
      return { 'x-settlement-job-id': randomUUID() }
  }
}
