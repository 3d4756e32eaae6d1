import { builtInGateways, ENDPOINTS } from '../../src/gateways/built-in-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import type { ChatBody, Gateway, GatewayConfig } from '../../src/gateways/gateway.ts'

export function builtIn(id: string): Gateway {
  const config = builtInGateways(ENDPOINTS).find((candidate) => candidate.id === id)
  if (!config) throw new Error(id)
  return createGateway(config, ENDPOINTS)
}

export function makeSeller(overrides: Partial<GatewayConfig> = {}): Gateway {
  return createGateway(
    {
      id: 'blockrun',
      kind: 'openai-compatible',
      name: 'BlockRun',
      baseUrl: 'https://blockrun.ai/api/v1',
      extraHeaders: {},
      models: [],
      builtIn: false,
      enabled: true,
      ...overrides,
    },
    ENDPOINTS,
  )
}

export const OPTIONS = { defaultMaxTokens: 1024, settlement: null }

export function makeBody(overrides: Partial<ChatBody> = {}): ChatBody {
  return { model: 'ambient/large', messages: [{ role: 'user', content: 'Hello' }], ...overrides }
}

export function bodyOf(request: { readonly body: string | null } | null): Record<string, unknown> {
  return JSON.parse(request?.body ?? 'null')
}
