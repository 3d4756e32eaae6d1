import type { GatewayConfig } from './gateway.ts'
import { jumpgateModels } from './jumpgate/models.ts'
import { documentedModels, newerModels } from './opengradient/models.ts'

/** Where the gateways that ship are reached; no trailing slash. */
export interface GatewayEndpoints {
  readonly jumpgate: string
  /** Ambient's model list. */
  readonly ambientCatalogue: string
  readonly opengradient: string
  readonly opengradientDocumented: string
}

/** Sources: Ambient's and OpenGradient's documentation. One address serves both deployments of OpenGradient; its 402 tells which. */
export const ENDPOINTS: GatewayEndpoints = {
  jumpgate: 'https://jumpgate.ambient.xyz',
  ambientCatalogue: 'https://api.ambient.xyz/v1/models',
  opengradient: 'https://llm.opengradient.ai',
  opengradientDocumented: 'https://llm.opengradient.ai',
}

/** Id of the gateway that takes test money only. */
export const TEST_GATEWAY = 'opengradient-test'

/** The gateways that ship, in the order of the model list. */
export function builtInGateways(endpoints: GatewayEndpoints): readonly GatewayConfig[] {
  return [
    {
      ...SHIPPED,
      id: 'jumpgate',
      kind: 'jumpgate',
      name: 'Ambient JumpGate',
      baseUrl: endpoints.jumpgate,
      models: jumpgateModels('jumpgate'),
    },
    {
      ...SHIPPED,
      id: 'opengradient',
      kind: 'opengradient',
      name: 'OpenGradient',
      baseUrl: endpoints.opengradient,
      models: newerModels('opengradient'),
    },
    {
      ...SHIPPED,
      id: TEST_GATEWAY,
      kind: 'opengradient',
      name: 'OpenGradient (test money)',
      baseUrl: endpoints.opengradientDocumented,
      models: documentedModels(TEST_GATEWAY),
    },
  ]
}

const SHIPPED = { extraHeaders: {}, builtIn: true, enabled: true } as const
