import { describe, expect, it } from 'vitest'
import { builtInGateways, ENDPOINTS } from '../../src/gateways/built-in-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import type { GatewayConfig } from '../../src/gateways/gateway.ts'
import { routeModel } from '../../src/inference/routing.ts'

function makeOwn(ids: readonly string[]): GatewayConfig {
  return {
    ...{ id: 'own-1', kind: 'openai-compatible', name: 'Mine', baseUrl: 'https://g.example/v1' },
    ...{ extraHeaders: {}, builtIn: false, enabled: true },
    models: ids.map((id) => ({
      ...{ id, gatewayId: 'own-1', ownedBy: 'Mine', contextLength: null, maxOutputTokens: null },
      ...{ pricing: null, proof: 'none' },
    })),
  }
}

function route(name: string, configs: readonly GatewayConfig[] = builtInGateways(ENDPOINTS)) {
  const gateways = configs.map((config) => createGateway(config, ENDPOINTS))
  const models = configs.flatMap((config) => config.models)
  const found = routeModel(name, { gateways, models, preferred: null })
  return `${found.gateway.config.id}: ${found.model}`
}

describe('routeModel', () => {
  it.each([
    ['default', 'jumpgate: ambient/large'],
    ['ambient/mini', 'jumpgate: ambient/mini'],
    ['jumpgate/ambient/mini', 'jumpgate: ambient/mini'],
    // Both spellings of OpenGradient's models, with the gateway's prefix and without.
    ['gpt-5-mini', 'opengradient: gpt-5-mini'],
    ['openai/gpt-5-mini', 'opengradient: gpt-5-mini'],
    ['opengradient/gpt-5-mini', 'opengradient: gpt-5-mini'],
    ['opengradient/openai/gpt-5-mini', 'opengradient: gpt-5-mini'],
    ['openai/gpt-4o', 'opengradient-test: openai/gpt-4o'],
    ['gpt-4o', 'opengradient-test: openai/gpt-4o'],
    ['opengradient-test/gpt-4o', 'opengradient-test: openai/gpt-4o'],
    ['opengradient-test/openai/gpt-4o', 'opengradient-test: openai/gpt-4o'],
    // In both lists: whoever spells it so.
    ['google/gemini-2.5-flash', 'opengradient-test: google/gemini-2.5-flash'],
    ['gemini-2.5-flash', 'opengradient: gemini-2.5-flash'],
    ['opengradient/google/gemini-2.5-flash', 'opengradient: gemini-2.5-flash'],
  ])('sends %s to %s', (name, expected) => {
    expect(route(name)).toBe(expected)
  })

  it.each(['gpt-9', 'deepseek/gpt-5-mini', 'opengradient/ambient/large', 'mini', '', 'opengradient/'])(
    'knows no model %j',
    (name) => {
      expect(() => route(name)).toThrow(expect.objectContaining({ reason: 'unknown-model' }))
    },
  )

  it('prefers a gateway that spells the name so to one that only understands it', () => {
    const configs = [...builtInGateways(ENDPOINTS), makeOwn(['openai/gpt-5-mini'])]
    expect(route('openai/gpt-5-mini', configs)).toBe('own-1: openai/gpt-5-mini')
    expect(route('gpt-5-mini', configs)).toBe('opengradient: gpt-5-mini')
  })

  it('leaves out what is switched off', () => {
    const configs = builtInGateways(ENDPOINTS).map((config) => ({
      ...config,
      enabled: config.id !== 'opengradient',
    }))
    expect(() => route('gpt-5-mini', configs)).toThrow(expect.objectContaining({ reason: 'unknown-model' }))
  })
})
