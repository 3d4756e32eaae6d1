/** One chat completion as the page's client reads it: server-sent events, or one JSON text. */
import { formatDecimal } from '../../domain/amount.ts'
import { decimalsOf } from '../../domain/currency.ts'
import {
  type CompletionIdentity,
  createAnswerCollector,
  createChunkJson,
  toCompletion,
} from '../../gateways/assemble-completion.ts'
import type { AnswerPart, Ask } from '../../inference/inference.ts'
import type { PageHead } from '../../protocol/page-messages.ts'
import type { PageDeps } from './page-deps.ts'
import type { PageContext } from './page-handler.ts'
import { receiptView } from './receipt-view.ts'
import { requireVisibleModel } from './visible-models.ts'

type Started = Extract<AnswerPart, { kind: 'started' }>

/** Throws AnswerError. */
export async function runChat(
  deps: PageDeps,
  context: PageContext,
  ask: Omit<Ask, 'caller' | 'signal'>,
): Promise<void> {
  const { caller, signal, hasGrant } = context
  await requireVisibleModel(deps, hasGrant, ask.body.model)
  const write = ask.body.stream === true ? streamWriter(deps, context) : wholeWriter(deps, context)
  for await (const part of deps.inference.run({ ...ask, caller, signal })) await write(part)
}

type Writer = (part: AnswerPart) => Promise<void>

function streamWriter(deps: PageDeps, { sink }: PageContext): Writer {
  let identity: CompletionIdentity
  let toJson: ReturnType<typeof createChunkJson>
  const send = (json: string) => sink.text(`data: ${json}\n\n`)
  return async (part) => {
    switch (part.kind) {
      case 'started':
        identity = identityOf(part, deps)
        toJson = createChunkJson(identity)
        sink.head(headOf(part, true))
        return
      case 'event': {
        const json = toJson(part.event)
        return json === null ? undefined : send(json)
      }
      case 'receipt':
        await send(
          JSON.stringify({
            ...identity,
            object: 'chat.completion.chunk',
            choices: [],
            x402: { receipt: receiptView(part.row) },
          }),
        )
        return sink.text('data: [DONE]\n\n')
    }
  }
}

function wholeWriter(deps: PageDeps, { sink }: PageContext): Writer {
  const answer = createAnswerCollector()
  let started: Started
  return async (part) => {
    switch (part.kind) {
      case 'started':
        started = part
        return
      case 'event':
        answer.add(part.event)
        return
      case 'receipt': {
        const completion = toCompletion(answer.collected(), identityOf(started, deps))
        sink.head(headOf(started, false))
        return sink.text(JSON.stringify({ ...completion, x402: { receipt: receiptView(part.row) } }))
      }
    }
  }
}

function identityOf({ requestId, model }: Started, { clock }: PageDeps): CompletionIdentity {
  return { id: `chatcmpl-${requestId}`, created: Math.floor(clock.nowMs() / 1000), model }
}

function headOf({ requestId, max, paymentResponse }: Started, stream: boolean): PageHead {
  return {
    status: 200,
    stream,
    headers: {
      'content-type': stream ? 'text/event-stream; charset=utf-8' : 'application/json',
      'cache-control': 'no-store',
      'x-request-id': requestId,
      'x402-max': `${formatDecimal(max.amount, decimalsOf(max.currency))} ${max.currency}`,
      ...(paymentResponse === null ? {} : { 'payment-response': paymentResponse }),
    },
  }
}
