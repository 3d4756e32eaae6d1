import type { Model, Receipt } from '../x402chat.d.ts'
import type { ChatAsk, Outcome, Stage } from './stage.ts'
import { isMore } from './stand-in-book.ts'
import { pageFailure } from './stand-in-failure.ts'
import type { ChatBody, StandInFailure } from './stand-in-options.ts'
import type { Head, ReplyTo } from './wire.ts'

/** Plays person and model: asks where the budget does not cover it, charges, and says what there is to say. */
export async function payForChat(
  { options, book, price }: Stage,
  { body, maxCost }: ChatAsk,
  model: Model,
): Promise<Outcome> {
  if (maxCost && ((maxCost.currency ?? 'USDC') !== 'USDC' || isMore(price, maxCost.value)))
    return { kind: 'unpaid', failure: { error: 'quote_exceeded' } }
  if (!book.covers(price, model) && options.approve?.(body) === false)
    return { kind: 'unpaid', failure: { error: 'user_rejected' } }
  const said = (await options.answer?.(body)) ?? 'This is a stand-in.'
  const failure = isFailure(said) ? said : null
  if (failure && failure.after === undefined) return { kind: 'unpaid', failure }
  const parts = partsOf(said)
  return { kind: 'paid', parts, failure, receipt: book.charge(price, { model, words: parts.length }) }
}

/** Answers in OpenAI's shapes. */
export async function answerChat(outcome: Outcome, body: ChatBody, reply: ReplyTo): Promise<void> {
  if (outcome.kind === 'unpaid') return reply.fail(pageFailure(outcome.failure))
  const { parts, failure, receipt } = outcome
  if (body.stream !== true) {
    if (failure) return reply.fail(pageFailure(failure))
    reply.head(headOf(receipt, false))
    reply.text(JSON.stringify(completion(receipt, parts.join(''))))
    return reply.done(null)
  }
  reply.head(headOf(receipt, true))
  for (const [index, content] of parts.entries()) {
    // A turn of the event loop between parts, as the network would have it.
    await new Promise((resolve) => setTimeout(resolve))
    reply.text(event(chunk(receipt, { ...(index === 0 ? { role: 'assistant' } : {}), content }, null)))
  }
  if (failure) return reply.fail(pageFailure(failure))
  reply.text(event(chunk(receipt, {}, 'stop')))
  reply.text(
    event({ ...identity(receipt), ...STREAMED, choices: [], usage: receipt.usage, x402: { receipt } }),
  )
  reply.text('data: [DONE]\n\n')
  reply.done(null)
}

const STREAMED = { object: 'chat.completion.chunk' } as const

function isFailure(said: unknown): said is StandInFailure {
  return typeof said === 'object' && said !== null && 'error' in said
}

function partsOf(said: string | readonly string[] | StandInFailure): readonly string[] {
  if (typeof said === 'string') return said.split(/(?<= )/)
  return 'error' in said ? [said.after ?? ''] : said
}

function identity({ id, at, model }: Receipt) {
  return { id: `chatcmpl-${id}`, created: Math.floor(Date.parse(at) / 1000), model }
}

function chunk(receipt: Receipt, delta: object, finish: string | null) {
  const choice = { index: 0, delta, finish_reason: finish, logprobs: null }
  return { ...identity(receipt), ...STREAMED, choices: [choice] }
}

function completion(receipt: Receipt, content: string) {
  const message = { role: 'assistant', content, refusal: null }
  return {
    ...identity(receipt),
    object: 'chat.completion',
    choices: [{ index: 0, message, finish_reason: 'stop', logprobs: null }],
    usage: receipt.usage,
    x402: { receipt },
  }
}

function event(value: unknown): string {
  return `data: ${JSON.stringify(value)}\n\n`
}

function headOf({ id, quoted }: Receipt, stream: boolean): Head {
  return {
    ...{ status: 200, stream },
    headers: {
      'content-type': stream ? 'text/event-stream; charset=utf-8' : 'application/json',
      'x-request-id': id,
      'x402-max': `${quoted.value} ${quoted.currency}`,
    },
  }
}
