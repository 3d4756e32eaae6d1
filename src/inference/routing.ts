import { ChatError } from '../domain/errors.ts'
import type { Gateway, ModelInfo } from '../gateways/gateway.ts'

export interface Route {
  readonly gateway: Gateway
  readonly model: string
}

/**
 * Finds the gateway for what a caller named: `default`, a model id in any spelling that its gateway knows, or `gateway/model`
 * where two gateways share one.
 * Throws ChatError 'unknown-model'.
 */
export function routeModel(
  name: string,
  available: {
    readonly gateways: readonly Gateway[]
    readonly models: readonly ModelInfo[]
    readonly preferred: string | null
  },
): Route {
  const gateways = available.gateways.filter(({ config }) => config.enabled)
  const wanted = name === 'default' ? (available.preferred ?? firstModel(gateways, available.models)) : name
  if (wanted === null) throw new ChatError('unknown-model', { model: name })
  const prefixed = gateways.find(({ config }) => wanted.startsWith(`${config.id}/`))
  if (prefixed) {
    const model = resolve(prefixed, wanted.slice(prefixed.config.id.length + 1), available.models)
    if (model !== null) return { gateway: prefixed, model }
  }
  const routes = gateways.flatMap((gateway): Route[] => {
    const model = resolve(gateway, wanted, available.models)
    return model === null ? [] : [{ gateway, model }]
  })
  // A gateway that spells it so comes before one that only understands it.
  const route = routes.find(({ model }) => model === wanted) ?? routes[0]
  if (!route) throw new ChatError('unknown-model', { model: name })
  return route
}

function resolve(gateway: Gateway, name: string, models: readonly ModelInfo[]): string | null {
  return gateway.resolveModel(
    name,
    models.filter(({ gatewayId }) => gatewayId === gateway.config.id),
  )
}

function firstModel(gateways: readonly Gateway[], models: readonly ModelInfo[]): string | null {
  for (const { config } of gateways) {
    const info = models.find((candidate) => candidate.gatewayId === config.id)
    if (info) return `${config.id}/${info.id}`
  }
  return null
}
