import type { PageHandler } from './page-handler.ts'
import { runChat } from './run-chat.ts'
import { toChatBody } from './to-chat-body.ts'

/** `chat.completions.create`: asks the person where the rules say so, pays once, and answers. */
export const chatCreate: PageHandler<'chat.create'> = (deps, context, { body, options }) =>
  runChat(deps, context, {
    body: toChatBody(body),
    idempotencyKey: options.idempotencyKey ?? context.key,
    quoteId: options.quoteId ?? null,
    maxCost: options.maxCost ?? null,
    settlement: options.gatewayOptions?.opengradient?.settlement ?? null,
  })
