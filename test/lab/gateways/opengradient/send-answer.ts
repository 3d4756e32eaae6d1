import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { faultNumber } from '../../faults.ts'
import { type LabRequest, sendJson } from '../http-server.ts'
import {
  type AnswerInput,
  closingFrame,
  type Ending,
  endAnswer,
  hear,
  type Spoken,
  textFrame,
  toolFrames,
  wholeAnswer,
} from './answer.ts'
import type { GatewayContext } from './gateway-context.ts'

export interface Sending {
  request: LabRequest
  response: ServerResponse
  answer: AnswerInput
  headers: Record<string, string>
  /** Aborted when the client has gone or the gateway closes. */
  signal: AbortSignal
}

/** Sends the answer, whole or as a stream; its ending when it went out to the end, which is when it is charged. */
export async function sendAnswer(context: GatewayContext, sending: Sending): Promise<Ending | null> {
  try {
    return sending.answer.body.stream ? await sendStream(context, sending) : await sendWhole(context, sending)
  } catch (error) {
    if (sending.signal.aborted) return null
    throw error
  }
}

async function sendWhole(context: GatewayContext, sending: Sending): Promise<Ending | null> {
  const { request, response, answer, headers, signal } = sending
  await pauseBefore(context, sending)
  const spoken: Spoken = { text: [], toolCalls: [] }
  for await (const word of context.words(answer.body, context.rate, signal)) hear(spoken, word)
  if (context.faults.take('drop', request.headers, 'paid')) {
    response.destroy()
    return null
  }
  const ending = endAnswer(answer, spoken)
  sendJson(response, 200, wholeAnswer(answer.body, spoken, ending), headers)
  return ending
}

async function sendStream(context: GatewayContext, sending: Sending): Promise<Ending | null> {
  const { response, answer, headers, signal } = sending
  const { body } = answer
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
    ...headers,
  })
  response.flushHeaders()
  const break_ = takeBreak(context, sending)
  await pauseBefore(context, sending)
  const spoken: Spoken = { text: [], toolCalls: [] }
  let isBroken = false
  for await (const word of context.words(body, context.rate, signal)) {
    hear(spoken, word)
    if (word.kind === 'text') sendFrame(response, textFrame(body.model, word.text))
    if (!isBroken && spoken.text.length >= break_.after) {
      isBroken = true
      if (await breakStream(response, break_)) return null
    }
  }
  for (const frame of toolFrames(body.model, spoken.toolCalls)) sendFrame(response, frame)
  if (!isBroken && (await breakStream(response, break_))) return null
  const ending = endAnswer(answer, spoken)
  sendFrame(response, closingFrame(body.model, ending))
  response.end('data: [DONE]\n\n')
  return ending
}

/** What happens to a stream in its middle, after so many tokens; an answer that has fewer breaks before its end. */
type Break = { after: number } & (
  | { kind: 'none' }
  | { kind: 'failed' }
  | { kind: 'drop' }
  | { kind: 'gap'; ms: number }
)

function takeBreak(context: GatewayContext, { request }: Sending): Break {
  const { faults } = context
  const failed = faults.take('stream-failed', request.headers, 'paid')
  if (failed) return { kind: 'failed', after: faultNumber(failed, 'after', 3) }
  const drop = faults.take('drop', request.headers, 'paid')
  if (drop) return { kind: 'drop', after: faultNumber(drop, 'after', 3) }
  const gap = faults.take('gap', request.headers, 'paid')
  if (gap) return { kind: 'gap', ms: faultNumber(gap, 'ms', 45_000), after: 3 }
  return { kind: 'none', after: Number.POSITIVE_INFINITY }
}

/** True when the stream ends here. */
async function breakStream(response: ServerResponse, break_: Break): Promise<boolean> {
  switch (break_.kind) {
    case 'none':
      return false
    case 'gap':
      await sleep(break_.ms)
      return false
    case 'failed':
      response.end('data: {"error": "Stream processing failed"}\n\n')
      return true
    case 'drop':
      response.end()
      return true
  }
}

function sendFrame(response: ServerResponse, frame: Record<string, unknown>): void {
  response.write(`data: ${JSON.stringify(frame)}\n\n`)
}

async function pauseBefore(context: GatewayContext, { request, signal }: Sending): Promise<void> {
  const slow = context.faults.take('slow-first-token', request.headers, 'paid')
  const ms = context.rate.delayMs + (slow ? faultNumber(slow, 'ms', 75_000) : 0)
  if (ms > 0) await sleep(ms, undefined, { signal })
}
