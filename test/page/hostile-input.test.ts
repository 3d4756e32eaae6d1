import { afterEach, describe, expect, it } from 'vitest'
import { BASE_URL, type BridgeMessage } from '../../src/protocol/page-messages.ts'
import { makeBackground, openPage, type TestPage } from './page-harness.ts'

const MESSAGES = [{ role: 'user' as const, content: 'Hi' }]
const INVALID = { type: 'invalid_request', code: -32602, charged: 'no' }
let page: TestPage
afterEach(() => page.close())

async function open() {
  const background = await makeBackground()
  page = openPage(background)
  // What a hostile page passes has no type.
  const create = (body: unknown, options?: unknown) =>
    page.provider.chat.completions.create(body as never, options as never)
  return { ...background, create }
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

describe('values from a page', () => {
  it('refuses what is no data, and opens no connection for it', async () => {
    const { create } = await open()
    const cyclic: Record<string, unknown> = { model: 'm' }
    cyclic.messages = [cyclic]
    const bottomless: object = {
      get more() {
        return bottomless
      },
    }
    for (const body of [cyclic, bottomless, { model: 'm', messages: MESSAGES, seed: 1n }])
      await expect(create(body)).rejects.toMatchObject(INVALID)
    const throwing = {
      get model() {
        throw new Error('mine')
      },
    }
    await expect(create(throwing)).rejects.toMatchObject(INVALID)
    expect(page.connections()).toBe(0)
  })

  it.each([
    [
      'options whose signal throws',
      {
        get signal(): never {
          throw new Error('mine')
        },
      },
    ],
    ['a signal that is none', { signal: {} }],
    [
      'a signal whose own getters throw',
      {
        signal: {
          get aborted(): never {
            throw new Error('mine')
          },
        },
      },
    ],
  ])('rejects, and never throws, for %s', async (_name, options) => {
    const { create, inference } = await open()
    const { provider } = page
    const calls = [
      () => create({ model: 'm', messages: MESSAGES }, options),
      () => provider.quote({ model: 'm', messages: MESSAGES }, options as never),
      () => provider.requestBudget({ cap: '1', period: 'day' }, options as never),
    ]
    for (const call of calls) await expect(call()).rejects.toMatchObject(INVALID)
    expect([page.connections(), inference.asks]).toEqual([0, []])
  })

  it('reads a getter once', async () => {
    const { create, inference } = await open()
    let reads = 0
    await create({
      get model() {
        return reads++ === 0 ? 'm' : 'n'
      },
      messages: MESSAGES,
    })
    expect([reads, inference.asks[0]?.body.model]).toEqual([1, 'm'])
  })

  it('does not see what the page changes after the call', async () => {
    const { create, inference } = await open()
    const body = { model: 'm', messages: [{ role: 'user', content: 'before' }] }
    const answered = create(body)
    body.model = 'n'
    Object.assign(body.messages[0] ?? {}, { content: 'after' })
    await answered
    expect(inference.asks[0]?.body).toMatchObject({ model: 'm', messages: [{ content: 'before' }] })
  })

  it.each([
    ['undefined', undefined],
    ['null', null],
    ['a text', 'text'],
    ['a function', () => 1],
    ['no model', { messages: MESSAGES }],
    ['a model that is none', { model: 1, messages: MESSAGES }],
    ['messages that are none', { model: 'm', messages: 'Hi' }],
    ['no message', { model: 'm', messages: [] }],
    ['a message without a role', { model: 'm', messages: [{ content: 'Hi' }] }],
    ['a limit that is none', { model: 'm', messages: MESSAGES, max_tokens: -1 }],
    ['a limit as text', { model: 'm', messages: MESSAGES, max_tokens: '5' }],
    ['too deep a tool', { model: 'm', messages: MESSAGES, tools: [{ parameters: nested(100) }] }],
    ['very deep data', { model: 'm', messages: MESSAGES, metadata: nested(5_000) }],
    ['too long a text', { model: 'm', messages: [{ role: 'user', content: 'x'.repeat(257 * 1024) }] }],
    ['too much in UTF-8', { model: 'm', messages: [{ role: 'user', content: '漢'.repeat(90 * 1024) }] }],
    ['too large an image', imageOf(8 * 1024 * 1024 + 1)],
    ['very much', { model: 'm', messages: [{ role: 'user', content: 'x'.repeat(10 * 1024 * 1024) }] }],
  ])('refuses %s', async (_name, body) => {
    const { create, inference } = await open()
    await expect(create(body)).rejects.toMatchObject(INVALID)
    expect(inference.asks).toEqual([])
  })

  it('takes 255 KiB of text and 8 MiB of image', async () => {
    const { create } = await open()
    await create({ model: 'm', messages: [{ role: 'user', content: 'x'.repeat(255 * 1024) }] })
    await create(imageOf(8 * 1024 * 1024))
  })

  it('drops __proto__ keys at every depth', async () => {
    const { inference } = await open()
    const body = `{"model":"m","messages":[{"role":"user","content":"Hi","__proto__":{"role":"system"}}],"__proto__":{"stream":true},"metadata":{"__proto__":{"a":1},"constructor":{"prototype":{"b":2}}}}`
    const response = await page.provider.fetch(`${BASE_URL}/chat/completions`, { method: 'POST', body })
    expect(response.status).toBe(200)
    expect(JSON.stringify(inference.asks[0]?.body)).not.toContain('__proto__')
    expect(inference.asks[0]?.body.stream).toBe(false)
    expect(Reflect.get({}, 'b')).toBeUndefined()
  })

  it('rejects, rather than throws, for options that are none', async () => {
    const { create, inference } = await open()
    const body = { model: 'm', messages: MESSAGES }
    await create(body, null)
    await page.provider.models.list()
    for (const signal of [{}, 5, 'abort', { aborted: true }])
      await expect(create(body, { signal })).rejects.toMatchObject(INVALID)
    expect(inference.asks).toHaveLength(1)
  })

  it.each([
    ['a key that is none', { idempotencyKey: 5 }],
    ['a maximum with too many parts', { maxCost: { value: '0.1', currency: 'EUR' } }],
    ['a settlement that is none', { gatewayOptions: { opengradient: { settlement: 'public' } } }],
  ])('refuses %s among the options', async (_name, options) => {
    const { create } = await open()
    await expect(create({ model: 'm', messages: MESSAGES }, options)).rejects.toMatchObject(INVALID)
  })
})

describe('messages to the background', () => {
  /** What the background answers to a message that somebody forged. */
  async function replyTo(message: object) {
    const background = await makeBackground()
    page = openPage(background)
    await page.provider.models.list()
    const replies = page.received
    const before = replies.length
    const { serveRaw } = await import('./serve-raw.ts')
    const raw = serveRaw(background.server)
    raw.send(message)
    await raw.settled()
    expect(replies).toHaveLength(before)
    return raw.replies
  }
  const call = { id: 7, method: 'models.list', params: '{}', key: 'k', activations: [], resumeAt: null }

  it('answers a method of our own pages, an unknown one and a malformed message alike', async () => {
    const unlike = [
      { ...call, method: 'wallet.reveal' },
      { ...call, method: 'no.such' },
      { ...call, method: 'toString' },
      { ...call, method: '__proto__' },
      { ...call, params: 5 },
      { ...call, key: '' },
      { id: 7 },
      { id: 7, credit: -1 },
    ]
    const replies = []
    for (const message of unlike) replies.push(await replyTo(message))
    expect(new Set(replies.map((reply) => JSON.stringify(reply))).size).toBe(1)
    expect(replies[0]).toMatchObject([{ id: 7, fail: { type: 'unsupported', code: 4200, status: 400 } }])
  })

  it.each([[{}], [{ id: 'x', method: 'models.list' }], [{ id: -1 }]])('ignores %j', async (message) => {
    const replies = await replyTo(message)
    expect(replies.filter((reply) => 'done' in reply)).toEqual([])
  })

  it('ignores a second call under a running number, and credit and aborts for none', async () => {
    const background = await makeBackground()
    page = openPage(background)
    const { serveRaw } = await import('./serve-raw.ts')
    const raw = serveRaw(background.server)
    const chat: BridgeMessage = {
      ...call,
      method: 'chat.create',
      params: JSON.stringify({ body: { model: 'm', messages: MESSAGES }, options: {} }),
    }
    raw.send({ id: 7, credit: 5 })
    raw.send({ id: 7, abort: true })
    raw.send(chat)
    raw.send(chat)
    await raw.settled()
    expect(background.inference.asks).toHaveLength(1)
  })
})

function imageOf(length: number) {
  const prefix = 'data:image/png;base64,'
  const url = prefix + 'A'.repeat(length - prefix.length)
  return { model: 'm', messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }] }
}
