import { describe, expect, it } from 'vitest'
import { createGatewayBook } from '../../src/background/create-gateway-book.ts'
import { NO_GATEWAYS, type StoredGateways } from '../../src/background/stored-gateways.ts'
import { builtInGateways, ENDPOINTS } from '../../src/gateways/built-in-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import { readCatalogueBody } from '../../src/inference/wire.ts'

const OWN = {
  ...{ id: 'own-1', kind: 'openai-compatible' as const, name: 'Mine', baseUrl: 'https://g.example/v1' },
  ...{ extraHeaders: {}, models: ['typed'], enabled: true },
}
const NEW = { ...OWN, id: undefined, name: 'New', baseUrl: 'https://new.example/v1' }
const listOf = (...ids: string[]) => Response.json({ data: ids.map((id) => ({ id })) })

function setUp(answer: (url: string) => Response | Promise<Response>) {
  let stored: StoredGateways = { ...NO_GATEWAYS, own: [OWN] }
  let nowMs = 1_800_000_000_000
  const asked: string[] = []
  const book = createGatewayBook({
    store: {
      get: async () => stored,
      async set(value) {
        await Promise.resolve()
        stored = value
      },
    },
    builtIns: builtInGateways(ENDPOINTS),
    createGateway: (config) => createGateway(config, ENDPOINTS),
    async send({ url }) {
      asked.push(url)
      return await answer(url)
    },
    readCatalogue: readCatalogueBody,
    parseOffers: () => Promise.reject(new Error('no offer is read here')),
    allowLoopback: false,
    clock: { nowMs: () => nowMs },
    newId: () => '12345678-aaaa',
  })
  const ids = async (gatewayId: string) =>
    (await book.models()).filter((info) => info.gatewayId === gatewayId).map(({ id }) => id)
  const pass = (milliseconds: number) => {
    nowMs += milliseconds
  }
  return { book, ids, asked, pass, stored: () => stored }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20))

describe('the list of models of a gateway', () => {
  it('is fetched once, however many ask meanwhile, and serves for a day', async () => {
    const { book, ids, asked, pass } = setUp((url) =>
      url.startsWith('https://g.') ? listOf('loaded') : listOf('ambient/new'),
    )
    const [first] = await Promise.all([book.models(), book.models(), book.modelViews()])
    expect(first.slice(0, 2).map(({ id }) => id)).toEqual(['ambient/large', 'ambient/mini'])
    await settled()
    expect(asked.sort()).toEqual([ENDPOINTS.ambientCatalogue, 'https://g.example/v1/models'])
    expect(await ids('jumpgate')).toEqual(['ambient/new'])
    pass(24 * 3_600_000 - 1)
    await book.models()
    expect(asked).toHaveLength(2)
    pass(1)
    await book.models()
    expect(asked).toHaveLength(4)
  })

  it('keeps what the person typed beside what was loaded', async () => {
    const { ids } = setUp(() => listOf('loaded', 'typed', 'other'))
    expect(await ids('own-1')).toEqual(['typed'])
    await settled()
    expect(await ids('own-1')).toEqual(['loaded', 'typed', 'other'])
  })

  // Once: a list that could not be fetched or read was fetched again at every look at the models.
  it.each([
    ['fails', () => Promise.reject(new Error('offline'))],
    ['cannot be read', () => new Response('<html>')],
    ['is empty', () => listOf()],
    ['is refused', () => new Response('no', { status: 404 })],
  ])('that %s is left alone for an hour, and what was known stands', async (_, answer) => {
    let broken = false
    const { book, ids, asked, pass } = setUp(() => (broken ? answer() : listOf('loaded')))
    await book.models()
    await settled()
    broken = true
    pass(24 * 3_600_000)
    for (let round = 0; round < 5; round++) {
      await book.models()
      await settled()
    }
    expect(asked).toHaveLength(4)
    expect(await ids('own-1')).toEqual(['loaded', 'typed'])
    pass(3_600_000)
    await book.models()
    expect(asked).toHaveLength(6)
  })

  // Once: a list that came in beside a save wrote back the gateways of before it.
  it('loses no gateway that is saved while it comes in', async () => {
    let deliver: (() => void)[] = []
    const { book, stored } = setUp(
      (url) => new Promise((resolve) => deliver.push(() => resolve(listOf(`of ${url}`.replace(/ /g, '-'))))),
    )
    await book.models()
    await settled()
    const saving = [book.save(NEW), book.setEnabled('jumpgate', false)]
    for (const answer of deliver) answer()
    deliver = []
    await Promise.all(saving)
    await settled()
    expect(stored().own.map(({ name }) => name)).toEqual(['Mine', 'New'])
    expect(stored().disabledBuiltIns).toEqual(['jumpgate'])
    expect(Object.keys(stored().catalogues).sort()).toEqual(['jumpgate', 'own-1'])
  })

  it('of another address is not taken over', async () => {
    const { book, ids } = setUp((url) => (url.startsWith('https://g.') ? listOf('old') : listOf('new')))
    await book.models()
    await settled()
    await book.save({ ...OWN, baseUrl: 'https://moved.example/v1' })
    expect(await ids('own-1')).toEqual(['typed'])
    await settled()
    expect(await ids('own-1')).toEqual(['new', 'typed'])
  })

  it('may be longer than an error, up to a megabyte', async () => {
    const long = Array.from({ length: 400 }, (_, index) => ({ id: `m-${index}`, about: 'x'.repeat(1_000) }))
    const { book, ids, stored } = setUp(() => Response.json({ data: long }))
    await book.models()
    await settled()
    expect(await ids('own-1')).toHaveLength(401)
    expect(JSON.stringify(stored())).not.toContain('xxx')
  })

  it('names test money as such', async () => {
    const { book } = setUp(() => listOf())
    const currencies = new Map(
      (await book.modelViews()).map(({ gatewayId, currency }) => [gatewayId, currency]),
    )
    expect(Object.fromEntries(currencies)).toEqual({
      jumpgate: 'USDC',
      opengradient: 'OPG',
      'opengradient-test': 'tOPG',
      'own-1': 'USDC',
    })
  })
})
