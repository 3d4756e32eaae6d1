import type { Model } from '../x402chat.d.ts'
import { answerChat, payForChat } from './answer-chat.ts'
import type { ChatAsk, Stage } from './stage.ts'
import { namesOf } from './stand-in-book.ts'
import { pageFailure } from './stand-in-failure.ts'
import type { ReplyTo } from './wire.ts'

/** Plays one chat. A repeat by its key is answered again, and charged once. */
export async function playChat(stage: Stage, ask: ChatAsk, reply: ReplyTo): Promise<void> {
  const { body, idempotencyKey: key } = ask
  const model = findModel(stage.models, body.model)
  if (!model) return reply.fail(pageFailure({ error: 'invalid_request' }))
  const text = JSON.stringify(body)
  const known = key ? stage.asked.get(key) : undefined
  if (known && known.text !== text) return reply.fail(pageFailure({ error: 'idempotency_conflict' }))
  const paying = known?.outcome ?? payForChat(stage, ask, model)
  if (key) stage.asked.set(key, { text, outcome: paying })
  const outcome = await paying
  // Nothing was charged: the next one under this key starts afresh.
  if (key && outcome.kind === 'unpaid') stage.asked.delete(key)
  await answerChat(outcome, body, reply)
  if (known || outcome.kind === 'unpaid') return
  stage.tell({ event: 'budgetchange', detail: { budget: stage.book.budget('USDC') } })
  stage.tell({ event: 'settled', detail: { receipt: outcome.receipt } })
}

/** The model that a name calls; `default` is the first. */
export function findModel(models: readonly Model[], name: string): Model | undefined {
  return name === 'default' ? models[0] : models.find((model) => namesOf(model).includes(name))
}
