import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createLanguageModel } from '../../src/author-kit/language-model/create-language-model.ts'
import { createStandIn } from '../../src/author-kit/stand-in/create-stand-in.ts'
import type { ChatBody, StandInOptions } from '../../src/author-kit/stand-in/stand-in-options.ts'
import type { ErrorType } from '../../src/author-kit/x402chat.d.ts'

function install(options: StandInOptions = {}, model = 'stand-in') {
  const bodies: ChatBody[] = []
  const provider = createStandIn({
    ...options,
    answer: (body) => {
      bodies.push(body)
      return options.answer?.(body) ?? 'An answer.'
    },
  })
  return { LanguageModel: createLanguageModel({ provider: () => provider, model }), bodies, provider }
}
async function read(stream: ReadableStream<string>): Promise<string[]> {
  const parts = []
  for await (const part of stream) parts.push(part)
  return parts
}

describe('LanguageModel over the page API', () => {
  it('is available where the provider and the model are', async () => {
    expect(await install().LanguageModel.availability()).toBe('available')
    const none = createLanguageModel({ provider: () => undefined, model: 'default' })
    expect(await none.availability()).toBe('unavailable')
    await expect(none.create()).rejects.toMatchObject({ name: 'NotSupportedError' })
  })

  it.each([
    ['audio in', { expectedInputs: [{ type: 'audio' }] }],
    ['images out', { expectedOutputs: [{ type: 'image' }] }],
    ['tools', { tools: [{ name: 'x' }] }],
  ])('is unavailable for %s', async (_name, options) => {
    const { LanguageModel } = install()
    expect(await LanguageModel.availability(options)).toBe('unavailable')
    await expect(LanguageModel.create(options)).rejects.toMatchObject({ name: 'NotSupportedError' })
  })

  it('makes no session over a model that is not there', async () => {
    const { LanguageModel } = install({}, 'gpt-9')
    expect(await LanguageModel.availability()).toBe('unavailable')
    await expect(LanguageModel.create()).rejects.toMatchObject({ name: 'NotSupportedError' })
  })

  it('says in its own words why it cannot tell whether a model is there', async () => {
    const { provider } = install()
    const refused = Object.assign(new Error('Too many calls.'), {
      name: 'X402ChatError',
      type: 'rate_limited',
    })
    const busy = Object.create(provider, { availability: { value: () => Promise.reject(refused) } })
    const LanguageModel = createLanguageModel({ provider: () => busy, model: 'stand-in' })
    for (const call of [LanguageModel.availability(), LanguageModel.create()])
      await expect(call).rejects.toMatchObject({ name: 'QuotaExceededError', cause: refused })
  })

  it('prompts, and remembers what was said', async () => {
    const { LanguageModel, bodies } = install()
    const session = await LanguageModel.create({
      initialPrompts: [{ role: 'system', content: 'Be brief.' }],
      temperature: 0.2,
    })
    expect(await session.prompt('One?')).toBe('An answer.')
    await session.prompt([{ role: 'user', content: [{ type: 'text', value: 'Two?' }] }])
    expect(bodies.map(({ model, temperature }) => [model, temperature])).toEqual([
      ['stand-in', 0.2],
      ['stand-in', 0.2],
    ])
    expect(bodies[1]?.messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'One?' },
      { role: 'assistant', content: 'An answer.' },
      { role: 'user', content: 'Two?' },
    ])
  })

  it('streams', async () => {
    const { LanguageModel } = install({ answer: () => ['a', 'b', 'c'] })
    const session = await LanguageModel.create()
    expect(await read(session.promptStreaming('x'))).toEqual(['a', 'b', 'c'])
  })

  it('appends without asking, and clones a conversation that goes its own way', async () => {
    const { LanguageModel, bodies } = install()
    const session = await LanguageModel.create()
    await session.append([{ role: 'user', content: 'Remember 7.' }])
    const copy = await session.clone()
    await session.prompt('a')
    await copy.prompt('b')
    expect(bodies).toHaveLength(2)
    expect(bodies[1]?.messages).toEqual([
      { role: 'user', content: 'Remember 7.' },
      { role: 'user', content: 'b' },
    ])
    expect(copy).toBeInstanceOf(LanguageModel)
  })

  it('lets prompts wait for each other', async () => {
    const { LanguageModel, bodies } = install({
      answer: ({ messages }) => `${messages.length}`,
    })
    const session = await LanguageModel.create()
    expect(await Promise.all([session.prompt('a'), session.prompt('b')])).toEqual(['1', '3'])
    expect(bodies).toHaveLength(2)
  })

  it('asks for JSON by schema, and says the schema unless told not to', async () => {
    const schema = { type: 'object', properties: { n: { type: 'number' } } }
    const { LanguageModel, bodies } = install({ answer: () => '{"n":1}' })
    const session = await LanguageModel.create()
    expect(await session.prompt('x', { responseConstraint: schema })).toBe('{"n":1}')
    await session.prompt('y', { responseConstraint: schema, omitResponseConstraintInput: true })
    expect(bodies[0]?.response_format).toEqual({
      type: 'json_schema',
      json_schema: { name: 'response', strict: true, schema },
    })
    expect(JSON.stringify(bodies[0]?.messages)).toContain(JSON.stringify(JSON.stringify(schema)).slice(1, -1))
    expect(JSON.stringify(bodies[1]?.messages)).not.toContain('schema')
  })

  it('does not pass off as JSON what is none', async () => {
    const { LanguageModel } = install({ answer: () => 'Sure! {"n":1}' })
    const session = await LanguageModel.create()
    await expect(session.prompt('x', { responseConstraint: {} })).rejects.toMatchObject({
      name: 'OperationError',
    })
    await expect(session.prompt('x', { responseConstraint: /a+/ })).rejects.toMatchObject({
      name: 'NotSupportedError',
    })
  })

  it('takes an image as a Blob', async () => {
    const { LanguageModel, bodies } = install()
    const session = await LanguageModel.create({ expectedInputs: [{ type: 'image' }] })
    const value = new Blob([new Uint8Array([1, 2, 3])], { type: 'image/png' })
    const content = [
      { type: 'text', value: 'What is it?' },
      { type: 'image', value },
    ] as const
    await session.prompt([{ role: 'user', content }])
    expect(bodies[0]?.messages).toEqual([
      {
        role: 'user',
        content: [
          { type: 'text', text: 'What is it?' },
          { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
        ],
      },
    ])
  })

  it.each([
    ['a system message in a prompt', [{ role: 'system', content: 'x' }], 'TypeError'],
    [
      'a prefix before the end',
      [
        { role: 'assistant', content: 'x', prefix: true },
        { role: 'user', content: 'y' },
      ],
      'SyntaxError',
    ],
    ['audio', [{ role: 'user', content: [{ type: 'audio', value: new Blob() }] }], 'NotSupportedError'],
  ] as const)('refuses %s', async (_name, input, name) => {
    const session = await install().LanguageModel.create()
    await expect(session.prompt(input)).rejects.toMatchObject({ name })
  })

  it('refuses two ways to choose words', async () => {
    const options = { samplingMode: 'balanced', temperature: 1 } as const
    await expect(install().LanguageModel.create(options)).rejects.toBeInstanceOf(TypeError)
  })

  /** The contract's column for the author kit. */
  const NAMES: Readonly<Record<ErrorType, string>> = {
    user_rejected: 'NotAllowedError',
    unauthorized: 'NotAllowedError',
    locked: 'InvalidStateError',
    unsupported: 'NotSupportedError',
    invalid_request: 'TypeError',
    request_pending: 'InvalidStateError',
    activation_required: 'InvalidStateError',
    rate_limited: 'QuotaExceededError',
    budget_exceeded: 'QuotaExceededError',
    insufficient_funds: 'QuotaExceededError',
    quote_exceeded: 'OperationError',
    paid_no_answer: 'OperationError',
    gateway_failed: 'NetworkError',
    disconnected: 'NetworkError',
    idempotency_conflict: 'DataError',
  }
  it.each(Object.entries(NAMES))('rejects with %s as %s', async (type, name) => {
    const { LanguageModel } = install({ answer: () => ({ error: type as ErrorType }) })
    const session = await LanguageModel.create()
    await expect(session.prompt('x')).rejects.toMatchObject({ name, cause: { type } })
  })

  it('forgets a prompt that failed', async () => {
    let fails = true
    const { LanguageModel, bodies } = install({
      answer: () => (fails ? { error: 'gateway_failed', after: 'Half of' } : 'Good.'),
    })
    const session = await LanguageModel.create()
    await expect(session.prompt('first')).rejects.toMatchObject({ name: 'NetworkError' })
    fails = false
    await session.prompt('second')
    expect(bodies[1]?.messages).toEqual([{ role: 'user', content: 'second' }])
  })

  it('ends with destroy(), with its signal, and on abort of one prompt only that', async () => {
    const { LanguageModel } = install({ answer: () => new Promise(() => {}) })
    const session = await LanguageModel.create()
    const controller = new AbortController()
    const prompted = session.prompt('x', { signal: controller.signal })
    setTimeout(() => controller.abort(), 10)
    await expect(prompted).rejects.toMatchObject({ name: 'AbortError' })
    const second = session.prompt('y')
    setTimeout(() => session.destroy(), 10)
    await expect(second).rejects.toMatchObject({ name: 'AbortError' })
    await expect(session.prompt('z')).rejects.toMatchObject({ name: 'InvalidStateError' })
    await expect(session.clone()).rejects.toMatchObject({ name: 'InvalidStateError' })
    const life = new AbortController()
    const other = await LanguageModel.create({ signal: life.signal })
    life.abort()
    await expect(other.append('x')).rejects.toMatchObject({ name: 'InvalidStateError' })
  })

  it('ends a prompt that waits for its turn as soon as it is given up, and keeps the order of the others', async () => {
    let answerFirst = (_text: string) => {}
    const { LanguageModel, bodies } = install({
      answer: () => (bodies.length === 1 ? new Promise<string>((resolve) => (answerFirst = resolve)) : 'ok'),
    })
    const session = await LanguageModel.create()
    const first = session.prompt('first')
    await expect.poll(() => bodies.length).toBe(1)
    const controller = new AbortController()
    const second = session.prompt('second', { signal: controller.signal })
    const third = session.prompt('third')
    controller.abort()
    await expect(second).rejects.toMatchObject({ name: 'AbortError' })
    expect(bodies).toHaveLength(1)
    answerFirst('One.')
    expect(await Promise.all([first, third])).toEqual(['One.', 'ok'])
    expect(bodies[1]?.messages).toMatchObject([
      { content: 'first' },
      { content: 'One.' },
      { content: 'third' },
    ])
  })

  it('frees the session when a stream is cancelled', async () => {
    let endless = true
    const { LanguageModel } = install({ answer: () => (endless ? new Promise(() => {}) : 'ok') })
    const session = await LanguageModel.create()
    const reader = session.promptStreaming('x').getReader()
    void reader.read().catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 10))
    await reader.cancel()
    endless = false
    expect(await session.prompt('y')).toBe('ok')
  })

  describe('its context', () => {
    const model = (context_length: number) => [
      { id: 'stand-in', gateway: 'g', owned_by: 'o', context_length, pricing: null },
    ]

    it('counts by the gateway once it has answered, and knows the model’s window', async () => {
      const { LanguageModel } = install({ answer: () => ['a', 'b'] })
      const session = await LanguageModel.create()
      expect([session.contextUsage, session.contextWindow]).toEqual([0, 8_192])
      await session.prompt('x')
      expect([session.contextUsage, session.inputUsage, session.inputQuota]).toEqual([3, 3, 8_192])
      expect((await install({}, 'default').LanguageModel.create()).contextWindow).toBe(
        Number.POSITIVE_INFINITY,
      )
    })

    it('drops the oldest messages but the system’s, and says so', async () => {
      const { LanguageModel, bodies } = install({ models: model(60) })
      const session = await LanguageModel.create({ initialPrompts: [{ role: 'system', content: 'S' }] })
      let overflows = 0
      session.oncontextoverflow = () => overflows++
      for (const letter of ['a', 'b', 'c']) await session.prompt(letter.repeat(80))
      expect(bodies[2]?.messages).toMatchObject([
        { role: 'system' },
        { role: 'user', content: 'b'.repeat(80) },
        { role: 'assistant' },
        { role: 'user', content: 'c'.repeat(80) },
      ])
      expect(overflows).toBeGreaterThan(0)
    })

    it('refuses a prompt that alone is too long', async () => {
      const { LanguageModel } = install({ models: model(60) })
      const session = await LanguageModel.create()
      await expect(session.prompt('x'.repeat(1_000))).rejects.toMatchObject({ name: 'QuotaExceededError' })
      expect(await session.measureContextUsage('x'.repeat(1_000))).toBeGreaterThan(60)
    })
  })
})

describe('a third-party client of the Prompt API', () => {
  beforeEach(() => {
    const { LanguageModel } = install({
      answer: ({ messages }) => `Message ${messages.length}.`,
    })
    Reflect.set(globalThis, 'LanguageModel', LanguageModel)
  })
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'LanguageModel')
  })

  it('holds a conversation', async () => {
    const { browserAI } = await import('@browser-ai/core')
    const { generateText, streamText } = await import('ai')
    const model = browserAI()
    const first = await generateText({ model, prompt: 'Hello' })
    expect(first.text).toMatch(/^Message \d+\.$/)
    const parts: string[] = []
    const { textStream } = streamText({
      model,
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: first.text },
        { role: 'user', content: 'And?' },
      ],
    })
    for await (const part of textStream) parts.push(part)
    expect(parts.join('')).toMatch(/^Message \d+\.$/)
  })
})
