/** One answer from the question's being stored to its end, whether or not a panel is open. */
import { formatAtomic } from '../domain/amount.ts'
import { type Charged, ChatError, isChatError } from '../domain/errors.ts'
import { PANEL } from '../domain/principal.ts'
import type { ChatBody } from '../gateways/gateway.ts'
import { AnswerError, type AnswerPart, type Caller } from '../inference/inference.ts'
import type { HistoryRow } from '../ledger/ledger.ts'
import { estimatePromptTokens } from '../protocol/chat-estimate.ts'
import type { AnswerProgress, PriceSample } from '../protocol/chat-views.ts'
import { type AnswerText, createAnswerText } from './answer-text.ts'
import { type Conversation, type LiveAnswer, messageView, type StoredAnswer } from './conversation.ts'
import type { ConversationBook } from './conversation-book.ts'
import { createPace } from './pace.ts'
import type { ChatDeps } from './ports.ts'
import type { PriceSamples } from './price-samples.ts'
import { promptTexts } from './prompt.ts'

/** How long deltas are gathered before open panels hear of them, ms. */
const TELL_MS = 30
/** How often the text so far is written while it grows, ms: what a killed worker may lose. */
const SAVE_MS = 1_000

/** In the panel the person's own click asked; nothing needs another one. */
export const PANEL_CALLER: Caller = {
  principal: PANEL,
  tabId: null,
  documentId: null,
  hasActivation: () => true,
  takeActivation: () => true,
  isAlive: () => true,
}

export interface AnswerRun {
  readonly messageId: string
  stop(): void
  /** The text so far. */
  live(): LiveAnswer
  /** Settles at the end with the answer where it could not be written, else with null; never rejects. */
  readonly ended: Promise<StoredAnswer | null>
}

export interface RunContext {
  readonly deps: ChatDeps
  readonly book: ConversationBook
  readonly samples: PriceSamples
}

interface Order {
  readonly conversationId: string
  readonly answer: StoredAnswer
  readonly body: ChatBody
}

type Started = Extract<AnswerPart, { kind: 'started' }>

/** What is known of an answer while it comes. */
interface Progressing {
  readonly said: AnswerText
  started: Started | null
  row: HistoryRow | null
}

/** Starts at once. The answer's key is already stored, so no death of the worker can pay for it twice. */
export function runAnswer(context: RunContext, order: Order): AnswerRun {
  const stop = new AbortController()
  const answer: Progressing = { said: createAnswerText(), started: null, row: null }
  return {
    messageId: order.answer.id,
    stop: () => stop.abort(),
    live: () => liveOf(order, answer),
    ended: run(context, order, { answer, stop }).catch(() => null),
  }
}

async function run(
  context: RunContext,
  order: Order,
  { answer, stop }: { readonly answer: Progressing; readonly stop: AbortController },
): Promise<StoredAnswer | null> {
  const telling = createPace(context.deps.clock, TELL_MS, async () => tell(context, order, answer))
  const saving = createPace(context.deps.clock, SAVE_MS, () =>
    context.book.saveLive(order.conversationId, liveOf(order, answer)),
  )
  const grown = () => {
    telling.ask()
    saving.ask()
  }
  const progress = await listen(context, order, { answer, signal: stop.signal, grown })
  await telling.end()
  tell(context, order, answer)
  // A text so far that could not be written is no loss once the whole answer is.
  await saving.end().catch(() => undefined)
  return finish(context, order, { answer, progress })
}

/** Reads the answer to its end, and says how it ended. */
async function listen(
  context: RunContext,
  order: Order,
  facts: { readonly answer: Progressing; readonly signal: AbortSignal; readonly grown: () => void },
): Promise<AnswerProgress> {
  const { answer, signal, grown } = facts
  const { deps } = context
  const ask = { caller: PANEL_CALLER, body: order.body, idempotencyKey: order.answer.key, signal }
  try {
    for await (const part of deps.inference.run({ ...ask, quoteId: null, maxCost: null, settlement: null })) {
      switch (part.kind) {
        case 'started':
          answer.started = part
          await noteStart(context, order, answer)
          break
        case 'event':
          if (!answer.said.add(part.event)) throw new ChatError('stream-too-large')
          grown()
          break
        case 'receipt':
          answer.row = part.row
      }
    }
    return { kind: 'done', finish: await finishOf(context, order, answer) }
  } catch (error) {
    const row = await deps.ledger.findByKey(PANEL, order.answer.key).catch(() => null)
    answer.row = row ?? (error instanceof AnswerError ? error.row : null)
    return ending(error, { stopped: signal.aborted, charged: chargedBy(answer.row, error) })
  }
}

/** As the gateway said it. OpenGradient says "stop" of every answer, also of one that used up all that it was allowed. */
async function finishOf(
  { deps }: RunContext,
  { body }: Order,
  { said, row }: Progressing,
): Promise<string | null> {
  const finish = said.finish()
  const usage = row?.request.usage ?? null
  if (usage === null || (finish !== null && finish !== 'stop')) return finish
  const limit = body.max_tokens ?? (await deps.settings().catch(() => null))?.outputLimitTokens
  return limit !== undefined && usage.completionTokens >= limit ? 'length' : finish
}

function ending(
  error: unknown,
  { stopped, charged }: { readonly stopped: boolean; readonly charged: Charged },
): AnswerProgress {
  if (stopped) return { kind: 'stopped', charged }
  if (error instanceof AnswerError || isChatError(error)) {
    return { kind: 'failed', cause: error.reason, facts: error.facts, charged }
  }
  return { kind: 'failed', cause: 'ledger-failed', facts: {}, charged }
}

/** Whether money moved for a request, as its row says; without a row nothing was signed. */
export function chargedBy(row: HistoryRow | null, error?: unknown): Charged {
  switch (row?.request.money) {
    case 'settled':
      return 'yes'
    case 'live':
      return row.payment.state === 'reserved' ? 'no' : 'maybe'
    case 'released':
      return 'no'
    case undefined:
      return error instanceof AnswerError ? error.charged : 'no'
  }
}

async function noteStart(context: RunContext, order: Order, answer: Progressing): Promise<void> {
  await change(context, order, { ...liveFacts(answer), progress: { kind: 'streaming' } })
}

async function finish(
  context: RunContext,
  order: Order,
  { answer, progress }: { readonly answer: Progressing; readonly progress: AnswerProgress },
): Promise<StoredAnswer | null> {
  const ended: StoredAnswer = { ...order.answer, ...liveFacts(answer), progress }
  try {
    await change(context, order, ended)
  } catch {
    const charged = chargedBy(answer.row)
    const unsaved = { kind: 'failed', cause: 'ledger-failed', facts: {}, charged } as const
    const message = messageView({ ...ended, progress: unsaved })
    context.deps.push({ kind: 'message', id: order.conversationId, message })
    return ended
  }
  context.deps.push({ kind: 'list' })
  const sample = await sampleOf(context, order, answer).catch(() => null)
  // An estimate that learns nothing from this answer is no failure of it.
  if (sample) await context.samples.add(sample).catch(() => undefined)
  return null
}

function liveFacts({ said, started, row }: Progressing) {
  return {
    model: row?.request.model ?? started?.model ?? null,
    requestId: row?.request.id ?? started?.requestId ?? null,
    text: said.text(),
    reasoning: said.reasoning(),
    toolCalls: said.toolCalls(),
  }
}

function liveOf(order: Order, answer: Progressing): LiveAnswer {
  return { messageId: order.answer.id, ...liveFacts(answer) }
}

/** Writes the answer's new state into its conversation and tells open panels. */
async function change(context: RunContext, order: Order, patch: Partial<StoredAnswer>): Promise<void> {
  const { book, deps } = context
  const next: StoredAnswer = { ...order.answer, ...patch }
  const saved = await book.update(order.conversationId, (conversation) => withAnswer(conversation, next))
  if (saved) deps.push({ kind: 'message', id: order.conversationId, message: messageView(next) })
}

/** Null where the answer was deleted meanwhile. */
export function withAnswer(conversation: Conversation, answer: StoredAnswer): Conversation | null {
  if (!conversation.messages.some(({ id }) => id === answer.id)) return null
  const { requestId } = answer
  const known = requestId === null || conversation.requestIds.includes(requestId)
  return {
    ...conversation,
    messages: conversation.messages.map((message) => (message.id === answer.id ? answer : message)),
    requestIds: known ? conversation.requestIds : [...conversation.requestIds, requestId],
  }
}

function tell({ deps }: RunContext, { conversationId, answer: { id } }: Order, { said }: Progressing): void {
  for (const delta of said.takeDeltas()) {
    deps.push({ kind: 'delta', id: conversationId, messageId: id, ...delta })
  }
}

/**
 * What this request was quoted. An `upto` request has only its session's cap for a quote: there the cost that the gateway
 * reported for the tokens used says more.
 */
async function sampleOf(
  { deps }: RunContext,
  { body }: Order,
  { started, row }: Progressing,
): Promise<PriceSample | null> {
  if (!started) return null
  const { outputLimitTokens } = await deps.settings()
  const shared = {
    model: `${started.gatewayId}/${started.model}`,
    estimatedTokens: estimatePromptTokens(promptTexts(body)),
    inputTokens: row?.request.usage?.promptTokens ?? null,
    currency: started.max.currency,
    atMs: deps.clock.nowMs(),
  }
  if (row?.payment.scheme === 'upto') {
    const { cost, usage } = row.request
    if (cost === null || usage === null) return null
    return { ...shared, maxOutputTokens: Math.max(1, usage.completionTokens), max: formatAtomic(cost) }
  }
  const maxOutputTokens = body.max_tokens ?? outputLimitTokens
  return { ...shared, maxOutputTokens, max: formatAtomic(started.max.amount) }
}
