import { ChatError } from '../../domain/errors.ts'
import { QUOTE_TTL_MS } from '../../domain/quote.ts'
import { moneyView } from './money-view.ts'
import type { PageDeps } from './page-deps.ts'
import type { PageHandler } from './page-handler.ts'
import { toChatBody } from './to-chat-body.ts'
import { requireVisibleModel, visibleModels } from './visible-models.ts'

/** `quote`: what a request would cost at most. Without a grant only after a click, which it does not use up, and now and then. */
export const quote: PageHandler<'quote'> = async (deps, context, { body }) => {
  const { caller, hasGrant, signal } = context
  if (!hasGrant) {
    if (!caller.hasActivation()) throw new ChatError('needs-activation')
    if (!context.mayQuote()) throw new ChatError('too-many-calls')
  }
  await requireVisibleModel(deps, hasGrant, body.model)
  const model = body.model === 'default' && !hasGrant ? await shippedDefault(deps) : body.model
  const {
    id,
    quote: priced,
    needsApproval,
  } = await deps.inference.quote({
    ...{ caller, signal },
    body: { ...toChatBody(body), model },
  })
  const { currency, network } = priced
  return {
    id,
    expiresAt: new Date(priced.atMs + QUOTE_TTL_MS).toISOString(),
    model: priced.model,
    gateway: priced.gatewayId,
    inputTokens: priced.inputTokens,
    maxOutputTokens: priced.maxOutputTokens,
    expected: priced.expected === null ? null : moneyView(priced.expected, currency, network),
    max: moneyView(priced.max, currency, network),
    needsApproval,
  }
}

/** The person's choice where it is one that ships; else the first that does: a quote must not tell of the person's own gateways. */
async function shippedDefault(deps: PageDeps): Promise<string> {
  const [{ defaultModel }, models] = await Promise.all([deps.settings.get(), visibleModels(deps, false)])
  const names = models.map(({ info }) => `${info.gatewayId}/${info.id}`)
  const chosen = names.find((name) => name === defaultModel) ?? names[0]
  if (chosen === undefined) throw new ChatError('unknown-model', { model: 'default' })
  return chosen
}
