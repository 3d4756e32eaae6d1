/** One request at an emulated gateway, with all that its handlers share. */
import { createHash } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import type { x402Facilitator } from '@x402/core/facilitator'
import type { Chain } from '../chains/chain.ts'
import { type GatewayCounters, type RequestRecord, recordRequest } from '../counters.ts'
import type { FaultName } from '../fault-names.ts'
import { faultNumber, type GatewayFaults, type Stage } from '../faults.ts'
import type { Rate } from '../rates.ts'
import type { Amendments } from './amendments.ts'
import type { Forger } from './forger.ts'
import { type LabRequest, sendJson } from './http-server.ts'
import { nonceOf, payerOf, type ReadPayment, readPayment } from './pay.ts'
import type { Words } from './words.ts'

/** What a gateway is built from. */
export interface GatewayDeps {
  facilitator: x402Facilitator
  chains: readonly Chain[]
  faults: GatewayFaults
  counters: GatewayCounters
  rate: Rate
  words: Words
  forger: Forger
}

/** A running gateway's own state. */
export interface GatewayState extends GatewayDeps {
  amendments: Amendments
  /** Aborted when the gateway closes: late settlements and endless streams end with it. */
  closing: AbortSignal
}

export interface Exchange {
  gateway: GatewayState
  request: LabRequest
  response: ServerResponse
  record: RequestRecord
  payment: ReadPayment
  stage: Stage
  /** Identifies the body: offers that a fault changed stay changed for it. */
  bodyHash: string
  /** Aborted when the client has gone or the gateway closes. */
  signal: AbortSignal
}

/** Starts the books for one request; its status is recorded when the answer ends. */
export function openExchange(gateway: GatewayState, request: LabRequest, response: ServerResponse): Exchange {
  const payment = readPayment(request.headers)
  const stage: Stage = request.url.pathname.endsWith('/quote')
    ? 'quote'
    : payment.kind === 'none'
      ? 'unpaid'
      : 'paid'
  const record = recordRequest(gateway.counters, {
    path: request.url.pathname,
    at: Date.now(),
    hasPayment: payment.kind !== 'none',
    payer: payment.kind === 'payment' ? payerOf(payment.payload) : null,
    nonce: payment.kind === 'payment' ? nonceOf(payment.payload) : null,
    status: 0,
  })
  if (stage === 'paid') {
    gateway.counters.paid += 1
    gateway.counters.lastPaidBody = request.body.toString()
  }
  const gone = new AbortController()
  response.once('close', () => {
    record.status = response.headersSent ? response.statusCode : 0
    gone.abort()
  })
  const bodyHash = createHash('sha256').update(request.body).digest('hex')
  const signal = AbortSignal.any([gone.signal, gateway.closing])
  return { gateway, request, response, record, payment, stage, bodyHash, signal }
}

/** A fault that is switched on for this request, if any. */
export function takeFault(exchange: Exchange, name: FaultName) {
  return exchange.gateway.faults.take(name, exchange.request.headers, exchange.stage)
}

/** Waits as long as the gateway's delay and the `slow` fault want, then answers in place of the gateway if a status fault is on. */
export async function answerEarly(exchange: Exchange): Promise<boolean> {
  const slow = takeFault(exchange, 'slow')
  const wait = exchange.gateway.rate.delayMs + (slow ? faultNumber(slow, 'ms', 1000) : 0)
  if (wait > 0) await sleep(wait)
  const { response } = exchange
  for (const [name, status, type] of statusFaults) {
    if (!takeFault(exchange, name)) continue
    const headers: Record<string, string> = status === 429 ? { 'retry-after': '1' } : {}
    sendError(response, { status, message: `The service said ${status}.`, type, headers })
    return true
  }
  if (!takeFault(exchange, 'html-502')) return false
  response.writeHead(502, { 'content-type': 'text/html' })
  response.end(
    '<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n',
  )
  return true
}

const statusFaults: readonly (readonly [FaultName, number, string])[] = [
  ['status-429', 429, 'rate_limit_error'],
  ['status-500', 500, 'server_error'],
  ['status-503', 503, 'service_unavailable'],
]

interface ErrorAnswer {
  status: number
  message: string
  type: string
  param?: string | null
  code?: string | null
  headers?: Record<string, string>
}

/** An error in OpenAI's form. */
export function sendError(response: ServerResponse, answer: ErrorAnswer): void {
  const { status, message, type, param = null, code = null, headers = {} } = answer
  sendJson(response, status, { error: { message, type, param, code } }, headers)
}
