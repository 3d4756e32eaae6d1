import { describe, expect, it } from 'vitest'
import { gatewaysForBackup, settingsForBackup } from '../../src/background/backup-ports.ts'
import { DEFAULT_SETTINGS } from '../../src/background/default-settings.ts'
import { NO_GATEWAYS, type StoredGateways } from '../../src/background/stored-gateways.ts'
import type { Settings } from '../../src/protocol/settings.ts'

function makeStore<T>(value: T) {
  const store = {
    value,
    get: async () => store.value,
    set: async (next: T) => {
      store.value = next
    },
  }
  return store
}

const own = (part: Partial<StoredGateways['own'][number]>): StoredGateways['own'][number] => ({
  id: 'own-1',
  kind: 'openai-compatible',
  name: 'Mine',
  baseUrl: 'https://g.example/v1',
  extraHeaders: {},
  models: ['llama-4'],
  enabled: true,
  ...part,
})

function makeGateways(here: Partial<StoredGateways> = {}) {
  const store = makeStore<StoredGateways>({ ...NO_GATEWAYS, ...here })
  const port = gatewaysForBackup(store, { allowLoopback: false, builtInIds: async () => ['jumpgate', 'og'] })
  return { store, port }
}

describe('gateways of a backup', () => {
  const saved = {
    own: [own({ extraHeaders: { Authorization: 'Bearer x' } })],
    builtIns: { disabled: ['og', 'nobody'], baseUrls: { jumpgate: 'https://j.example/' } },
  }

  it('come in whole where wanted: added ones, what is switched off, and other addresses', async () => {
    const { store, port } = makeGateways()
    expect(await port.compare(saved)).toEqual({
      differs: true,
      servers: ['https://g.example/v1', 'https://j.example'],
    })
    expect(await port.merge(saved, true)).toBe(1)
    expect(store.value).toEqual({
      ...NO_GATEWAYS,
      own: [own({ extraHeaders: { authorization: 'Bearer x' } })],
      disabledBuiltIns: ['og'],
      baseUrls: { jumpgate: 'https://j.example' },
    })
    expect((await port.exportAll()).builtIns).toEqual({
      disabled: ['og'],
      baseUrls: { jumpgate: 'https://j.example' },
    })
  })

  it('are asked nothing where not wanted: only switches turn, and only off', async () => {
    const { store, port } = makeGateways({ disabledBuiltIns: ['jumpgate'] })
    expect((await port.compare(saved)).differs).toBe(true)
    expect(await port.merge(saved, false)).toBe(0)
    expect((await port.compare(saved)).differs).toBe(false)
    expect(store.value).toEqual({ ...NO_GATEWAYS, disabledBuiltIns: ['jumpgate', 'og'] })
  })

  it('never take the place of what is here', async () => {
    const here = { own: [own({ name: 'Here' })], baseUrls: { jumpgate: 'https://here.example' } }
    const { store, port } = makeGateways(here)
    expect((await port.compare(saved)).servers).toEqual([])
    expect(await port.merge({ ...saved, builtIns: null }, true)).toBe(0)
    expect(store.value).toEqual({ ...NO_GATEWAYS, ...here })
  })

  it.each([
    ['plain http', { baseUrl: 'http://g.example' }],
    ['loopback in a build that is sold', { baseUrl: 'http://127.0.0.1:8080' }],
    ['a password in the address', { baseUrl: 'https://me:secret@g.example' }],
    ['no address', { baseUrl: 'g.example' }],
    ['a header that carries the payment', { extraHeaders: { 'X-Payment': 'e30=' } }],
    ['a second header within a value', { extraHeaders: { a: 'b\nx-payment: c' } }],
    ['the id of a shipped one', { id: 'jumpgate' }],
  ])('with %s stay out, as they could not have been typed', async (_, part) => {
    const { store, port } = makeGateways()
    const hostile = { own: [own(part)], builtIns: null }
    expect([await port.compare(hostile), await port.merge(hostile, true)]).toEqual([
      { differs: false, servers: [] },
      0,
    ])
    expect(store.value).toEqual(NO_GATEWAYS)
  })
})

describe('settings of a backup', () => {
  const rpc = { 'eip155:8453': ['https://rpc.example'] }
  const inside: Settings = { ...DEFAULT_SETTINGS, theme: 'dark', rpc }
  const make = (here: Partial<Settings> = {}) => {
    const store = makeStore<Settings>({ ...DEFAULT_SETTINGS, ...here })
    return { store, port: settingsForBackup(store, false) }
  }

  it('say what they would change before they do', async () => {
    expect(await make().port.compare(inside)).toEqual({ differs: true, servers: ['https://rpc.example'] })
    expect(await make(inside).port.compare(inside)).toEqual({ differs: false, servers: [] })
    expect(await make().port.compare({ theme: 'pink' })).toEqual({ differs: false, servers: [] })
  })

  it('keep the endpoints that are here, unless the others are wanted', async () => {
    const mine = { 'eip155:8453': ['https://mine.example'] }
    const { store, port } = make({ rpc: mine })
    await port.restore(inside, false)
    expect(store.value).toMatchObject({ theme: 'dark', rpc: mine })
    await port.restore(inside, true)
    expect(store.value.rpc).toEqual(rpc)
  })

  it('bring in no endpoint that is not https', async () => {
    const { store, port } = make()
    const plain = { ...inside, rpc: { 'eip155:8453': ['http://rpc.example'] } }
    expect((await port.compare(plain)).servers).toEqual([])
    await port.restore(plain, true)
    expect(store.value.rpc).toBeNull()
  })
})
