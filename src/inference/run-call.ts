/** One job from consent to receipt. Ends the job in every case; nothing is left waiting. */

import { parseDecimal } from '../domain/amount.ts'
import { hasBudget } from '../domain/budget.ts'
import { decimalsOf } from '../domain/currency.ts'
import { ChatError, isChatError } from '../domain/errors.ts'
import type { RequestRow } from '../domain/payment.ts'
import { PANEL } from '../domain/principal.ts'
import type { HistoryRow } from '../ledger/ledger.ts'
import type { AnswerJob } from './answer-job.ts'
import type { Call } from './call.ts'
import type { ConsentDeps } from './consent.ts'
import type { AnswerError } from './inference.ts'
import { type Opened, openCall } from './open-call.ts'
import { PayFailure } from './pay.ts'
import { toAnswerError } from './public-error.ts'
import { KeyTaken } from './reservation.ts'
import { streamAnswer } from './stream-answer.ts'
import { createTranscript, type Transcript } from './transcript.ts'

/** Runs to the end; never throws. */
export async function runCall(deps: ConsentDeps, call: Call, job: AnswerJob): Promise<void> {
  const release = deps.keepAlive()
  const transcript = createTranscript({ provesText: call.gateway.config.kind === 'opengradient' })
  let requestId: string | null = null
  let writes: Promise<void> = Promise.resolve()
  deps.unsent.begin(call.requestId, (why) => {
    // A yes to it holds no longer.
    deps.memory.forget(call)
    job.abort(why)
  })
  try {
    const opened = await openCall(deps, call, job.signal)
    requestId = opened.request.id
    void deps.keepPrompt(requestId, call.messages).catch(() => undefined)
    await job.write({
      kind: 'started',
      requestId,
      model: call.prepared.model,
      gatewayId: call.gateway.config.id,
      max: { amount: opened.request.max, currency: opened.request.currency },
      paymentResponse: opened.response.headers.get('PAYMENT-RESPONSE'),
    })
    const streaming = streamAnswer(deps, call, { response: opened.response, job, transcript })
    // Beside the first read: the payment is in the ledger already, and what is noted here can wait for the words.
    writes = noteStart(deps, opened)
    writes.catch(() => undefined)
    await streaming
    await writes
    await job.write({ kind: 'receipt', row: await finish(deps, call, { opened, transcript }) })
    job.end(null)
  } catch (error) {
    // The receipt may still be on its way into the ledger, which says below what was charged.
    await writes.catch(() => undefined)
    const id = error instanceof PayFailure ? error.requestId : requestId
    job.end(await fail(deps, call, { error: causeOf(error, job.signal), requestId: id, transcript }))
  } finally {
    deps.unsent.done(call.requestId)
    deps.memory.end(call)
    release()
  }
}

/** What ended the call; where that was done from outside before anything left, why. */
function causeOf(error: unknown, { reason }: AbortSignal): unknown {
  const cause = error instanceof PayFailure ? error.error : error
  return cause instanceof KeyTaken || !isChatError(reason) ? cause : reason
}

/** The gateway's receipt settles an `exact` payment at the signed amount; the chain has the last word later. */
async function noteStart(deps: ConsentDeps, { response, request, paid }: Opened): Promise<void> {
  await deps.ledger.patchRequest(request.id, { answer: 'streaming' })
  const receipt = deps.payments.parseReceipt(
    response.headers.get('PAYMENT-RESPONSE') ?? response.headers.get('X-PAYMENT-RESPONSE'),
  )
  if (paid?.payment.scheme !== 'exact' || !receipt?.success) return
  await deps.ledger.settle(paid.payment.id, 'gateway', {
    charged: paid.attempt.amount,
    transaction: receipt.transaction,
  })
}

async function finish(
  deps: ConsentDeps,
  call: Call,
  facts: { readonly opened: Opened; readonly transcript: Transcript },
): Promise<HistoryRow> {
  const { opened, transcript } = facts
  const { request, response } = opened
  const reported = reportedCost(transcript.reportedCost(), request)
  if (reported !== null) await deps.ledger.settleRequest(request.id, reported)
  const reference =
    transcript.settlementReference() ?? call.gateway.readHeaders(response.headers).settlementReference
  await deps.ledger.patchRequest(request.id, {
    answer: 'answered',
    usage: transcript.usage(),
    proof: await proofOf(deps, call, transcript),
    ...(request.settlement ? { settlement: { mode: request.settlement.mode, reference } } : {}),
    finishedAtMs: deps.clock.nowMs(),
  })
  deps.balances.refresh()
  deps.notice({ kind: 'gateway-answered', gatewayId: call.gateway.config.id })
  return requireRow(await deps.ledger.getRequest(request.id))
}

function proofOf(deps: ConsentDeps, call: Call, transcript: Transcript) {
  if (call.gateway.config.kind !== 'opengradient') return transcript.proof()
  return deps.checkProof({ ...transcript.forProof(), call: call.prepared })
}

/** The gateway's word, in atomic units; null where it says nothing that can be read, and for `exact`. */
function reportedCost(value: string | null, request: RequestRow) {
  if (value === null) return null
  try {
    return parseDecimal(value, decimalsOf(request.currency))
  } catch {
    return null
  }
}

async function fail(
  deps: ConsentDeps,
  call: Call,
  facts: { readonly error: unknown; readonly requestId: string | null; readonly transcript: Transcript },
): Promise<AnswerError> {
  const cause = facts.error
  if (cause instanceof KeyTaken) return keyTaken(cause, call)
  const partial = facts.transcript.text() || null
  const grant = await deps.ledger.getGrant(call.principal).catch(() => null)
  const row =
    facts.requestId === null ? null : await deps.ledger.getRequest(facts.requestId).catch(() => null)
  const error = toAnswerError(cause, {
    hasGrant: call.principal === PANEL || hasBudget(grant),
    charged: chargedBy(row),
    row,
    partial,
  })
  if (row) await noteFailure(deps, row.request.id, { error, transcript: facts.transcript })
  deps.notice({ kind: 'failed', cause: error.reason })
  if (error.type === 'gateway_failed' || error.type === 'paid_no_answer') {
    deps.notice({ kind: 'gateway-failing', gatewayId: call.gateway.config.id, cause: error.reason })
  }
  return error
}

async function noteFailure(
  deps: ConsentDeps,
  requestId: string,
  facts: { readonly error: AnswerError; readonly transcript: Transcript },
): Promise<void> {
  const patch = {
    answer: 'failed',
    error: facts.error.type,
    usage: facts.transcript.usage(),
    finishedAtMs: deps.clock.nowMs(),
  } as const
  await deps.ledger.patchRequest(requestId, patch).catch(() => undefined)
}

function chargedBy(row: HistoryRow | null) {
  switch (row?.payment.state) {
    case 'presented':
      return 'maybe'
    case 'settled':
      return 'yes'
    default:
      return 'no'
  }
}

/** Another worker's row has the key: the answer is gone, or the body is another one. */
export function keyTaken(taken: { readonly row: HistoryRow }, call: Pick<Call, 'bodyHash'>): AnswerError {
  const { request, payment } = taken.row
  const row = { request, payment }
  const reason = request.bodyHash === call.bodyHash ? 'answer-gone' : 'key-conflict'
  const charged = reason === 'key-conflict' ? 'no' : chargedBy(row)
  return toAnswerError(new ChatError(reason), {
    hasGrant: true,
    charged,
    row: charged === 'no' ? null : row,
    partial: null,
  })
}

function requireRow(row: HistoryRow | null): HistoryRow {
  if (!row) throw new ChatError('ledger-failed')
  return row
}
