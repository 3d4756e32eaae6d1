import type { Gateway, GatewayConfig } from './gateway.ts'
import { createJumpgate } from './jumpgate/create-jumpgate.ts'
import { createOpenAiCompatible } from './openai-compatible/create-openai-compatible.ts'
import { createOpengradient } from './opengradient/create-opengradient.ts'

/** The wire of a configured gateway, by its kind. */
export function createGateway(
  config: GatewayConfig,
  endpoints: { readonly ambientCatalogue: string },
): Gateway {
  switch (config.kind) {
    case 'jumpgate':
      return createJumpgate(config, { catalogueUrl: endpoints.ambientCatalogue })
    case 'opengradient':
      return createOpengradient(config)
    case 'openai-compatible':
      return createOpenAiCompatible(config)
  }
}
