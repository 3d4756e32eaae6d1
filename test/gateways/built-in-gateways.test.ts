import { describe, expect, it } from 'vitest'
import { builtInGateways, ENDPOINTS } from '../../src/gateways/built-in-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import { makeBody, OPTIONS } from './configs.ts'

describe('the gateways that ship', () => {
  it('are JumpGate and both deployments of OpenGradient, over https, at their documented addresses', () => {
    expect(builtInGateways(ENDPOINTS).map(({ id, kind, baseUrl }) => [id, kind, baseUrl])).toEqual([
      ['jumpgate', 'jumpgate', 'https://jumpgate.ambient.xyz'],
      ['opengradient', 'opengradient', 'https://llm.opengradient.ai'],
      ['opengradient-test', 'opengradient', 'https://llm.opengradient.ai'],
    ])
  })

  it('have models of their own, no id twice within one', () => {
    for (const { id, models } of builtInGateways(ENDPOINTS)) {
      expect(models.every(({ gatewayId }) => gatewayId === id)).toBe(true)
      expect(new Set(models.map((model) => model.id)).size).toBe(models.length)
      expect(models.length).toBeGreaterThan(0)
    }
  })

  it('send every request to the endpoints that they are given', () => {
    const lab = {
      jumpgate: 'http://127.0.0.1:4021',
      ambientCatalogue: 'http://127.0.0.1:4021/v1/models',
      opengradient: 'http://127.0.0.1:4022',
      opengradientDocumented: 'http://127.0.0.1:4023',
    }
    for (const config of builtInGateways(lab)) {
      const gateway = createGateway(config, lab)
      const call = gateway.prepare(makeBody({ model: config.models[0]?.id ?? '' }), OPTIONS)
      const requests = [
        gateway.quoteRequest(call),
        gateway.paidRequest(call, null),
        gateway.catalogueRequest(),
      ]
      for (const request of requests) {
        if (request) expect(request.url).toMatch(/^http:\/\/127\.0\.0\.1:402[123]\//)
      }
    }
  })
})
