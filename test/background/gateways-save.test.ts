import { describe, expect, it } from 'vitest'
import { createGatewayBook } from '../../src/background/create-gateway-book.ts'
import type { BackgroundDeps } from '../../src/background/deps.ts'
import { readExtraHeaders } from '../../src/background/read-extra-headers.ts'
import { NO_GATEWAYS, type StoredGateways } from '../../src/background/stored-gateways.ts'
import { gatewaysSave } from '../../src/background/ui/gateways-save.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'

const OWN = {
  ...{ id: 'own-1', kind: 'openai-compatible' as const, name: 'Mine', baseUrl: 'https://g.example/v1' },
  ...{ extraHeaders: { authorization: 'Bearer secret' }, models: ['llama-4'], enabled: false },
}

function setUp() {
  let stored: StoredGateways = { ...NO_GATEWAYS, own: [OWN] }
  const dropped: string[] = []
  const unexpected = () => {
    throw new Error('Nothing is fetched here')
  }
  const gateways = createGatewayBook({
    store: {
      get: async () => stored,
      set: async (value) => {
        stored = value
      },
    },
    builtIns: [],
    createGateway: (config) => createGateway(config, { ambientCatalogue: 'https://api.example/models' }),
    ...{ send: unexpected, readCatalogue: unexpected, parseOffers: unexpected },
    allowLoopback: false,
    clock: { nowMs: () => 0 },
    newId: () => '12345678-aaaa',
  })
  const ledger = { dropPins: async (id: string) => void dropped.push(id) }
  const deps = { gateways, ledger } as unknown as BackgroundDeps
  const save = (part: Partial<typeof OWN>) => gatewaysSave(deps, { gateway: { ...OWN, ...part } })
  return { save, own: () => stored.own, dropped }
}

describe('saving a gateway', () => {
  it('keeps a stored header value that is not given anew, and shows only its name', async () => {
    const { save, own } = setUp()
    const views = await save({ extraHeaders: { authorization: '' }, name: 'Renamed' })
    expect(own()[0]).toMatchObject({ name: 'Renamed', extraHeaders: { authorization: 'Bearer secret' } })
    expect(JSON.stringify(views)).not.toContain('secret')
  })
  it('leaves its switch as it was', async () => {
    const { save, own } = setUp()
    await save({ name: 'Renamed' })
    expect(own()[0]?.enabled).toBe(false)
  })
  it('forgets the terms that were agreed at another address, and only then', async () => {
    const { save, dropped } = setUp()
    await save({ name: 'Renamed' })
    expect(dropped).toEqual([])
    await save({ baseUrl: 'https://other.example/v1' })
    expect(dropped).toEqual(['own-1'])
  })
  it('refuses a header that carries payments or the body', async () => {
    const { save } = setUp()
    await expect(
      save({ extraHeaders: { authorization: '', ...{ 'payment-signature': 'x' } } }),
    ).rejects.toMatchObject({
      reason: 'invalid-body',
      facts: { field: 'extraHeaders' },
    })
  })
})

describe('extra headers of a screen', () => {
  it('refuse an empty value that stands for nothing', () => {
    expect(() => readExtraHeaders({ 'x-new': '' }, {})).toThrow('invalid-body')
  })
  it('find a stored value whatever the case of its name', () => {
    expect(readExtraHeaders({ 'X-Key': '' }, { 'x-key': '1' })).toEqual({ 'x-key': '1' })
  })
})
