import type { SettlementMode } from '../../domain/budget.ts'
import { ChatError } from '../../domain/errors.ts'
import { outputLimit, requireSupported, withoutParameters } from '../chat-parameters.ts'
import type { ChatBody, GatewayConfig, ModelInfo, PreparedCall } from '../gateway.ts'

/** The body as OpenGradient wants it: its own model id, `max_tokens`, a stream only where one was asked for. Throws ChatError 'unknown-model'. */
export function prepareOpengradientCall(
  config: GatewayConfig,
  body: ChatBody,
  options: { readonly defaultMaxTokens: number; readonly settlement: SettlementMode | null },
): PreparedCall {
  requireSupported(body)
  const model = resolveOpengradientModel(body.model, config.models)
  if (model === null) throw new ChatError('unknown-model', { model: body.model.slice(0, 120) })
  const maxOutputTokens = outputLimit(body, options.defaultMaxTokens)
  const stream = body.stream === true
  const kept = withoutParameters(body, [
    'model',
    'max_tokens',
    'max_completion_tokens',
    'stream',
    'stream_options',
  ])
  return {
    gatewayId: config.id,
    model,
    body: { ...kept, model, max_tokens: maxOutputTokens, stream },
    maxOutputTokens,
    stream,
    settlement: options.settlement,
    maxToolCalls: 0,
  }
}

/**
 * The gateway's own spelling of a model: the documented deployment wants the provider's prefix, the newer one refuses it. A
 * caller may write either; a prefix has to be the provider's.
 */
export function resolveOpengradientModel(name: string, models: readonly ModelInfo[]): string | null {
  const found =
    models.find(({ id }) => id === name) ??
    models.find(({ id, ownedBy }) => `${ownedBy}/${id}` === name || id === `${ownedBy}/${name}`)
  return found?.id ?? null
}
