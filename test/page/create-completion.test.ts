import { afterEach, describe, expect, it } from 'vitest'
import { answer, makeBackground, openPage, STARTED, type TestPage, unending } from './page-harness.ts'

const MESSAGES = [{ role: 'user' as const, content: 'Hi' }]
let page: TestPage
afterEach(() => page.close())

async function open() {
  const background = await makeBackground()
  page = openPage(background)
  return { ...background, completions: page.provider.chat.completions }
}

describe('chat.completions.create', () => {
  it('answers whole with the receipt on the completion', async () => {
    const { completions, inference } = await open()
    const completion = await completions.create({ model: 'm', messages: MESSAGES })
    expect(completion.choices[0]?.message.content).toBe('Hello world')
    expect(completion.usage).toEqual({ prompt_tokens: 3, completion_tokens: 5, total_tokens: 8 })
    expect(completion.x402?.receipt).toMatchObject({
      outcome: 'settled',
      transaction: '0xabc',
      charged: { currency: 'USDC', value: '0.004474', atomic: '4474', decimals: 6, network: 'eip155:8453' },
    })
    expect(inference.asks[0]?.caller.principal).toBe('https://news.example')
  })

  it('streams OpenAI chunks in order, the receipt on the last', async () => {
    const { completions } = await open()
    const stream = await completions.create({ model: 'm', messages: MESSAGES, stream: true })
    const chunks = []
    for await (const chunk of stream) chunks.push(chunk)
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('Hello world')
    expect(chunks[0]?.choices[0]?.delta.role).toBe('assistant')
    expect(chunks.filter((chunk) => chunk.x402?.receipt)).toHaveLength(1)
    expect(chunks.at(-1)?.x402?.receipt?.id).toBe('request-1')
    expect(new Set(chunks.map(({ id }) => id))).toEqual(new Set(['chatcmpl-request-1']))
  })

  it('reads a stream once and says how to read it twice', async () => {
    const { completions } = await open()
    const stream = await completions.create({ model: 'm', messages: MESSAGES, stream: true })
    for await (const _ of stream);
    await expect(async () => {
      for await (const _ of stream);
    }).rejects.toThrow(/tee/)
  })

  it('gives both branches of tee() every chunk', async () => {
    const { completions } = await open()
    const stream = await completions.create({ model: 'm', messages: MESSAGES, stream: true })
    const read = async (branch: typeof stream) => {
      const texts = []
      for await (const chunk of branch) texts.push(chunk.choices[0]?.delta.content ?? '')
      return texts.join('')
    }
    const [left, right] = stream.tee()
    expect(await Promise.all([read(left), read(right)])).toEqual(['Hello world', 'Hello world'])
  })

  it('stops the request when both branches of tee() were left, and not before', async () => {
    const { completions, inference } = await open()
    inference.onRun = (ask) => unending(ask, ['one', 'two', 'three'])
    const stream = await completions.create({ model: 'm', messages: MESSAGES, stream: true })
    const [left, right] = stream.tee()
    for await (const _ of left) break
    let heard = 0
    for await (const _ of right) {
      heard++
      if (heard === 3) break
      expect(inference.asks[0]?.signal.aborted).toBe(false)
    }
    await expect.poll(() => inference.asks[0]?.signal.aborted).toBe(true)
  })

  it('stops the request at once when toReadableStream() is cancelled while it waits for a chunk', async () => {
    const { completions, inference } = await open()
    inference.onRun = (ask) => unending(ask, ['one'])
    const stream = await completions.create({ model: 'm', messages: MESSAGES, stream: true })
    const reader = stream.toReadableStream().getReader()
    await reader.read()
    await new Promise((resolve) => setTimeout(resolve, 20))
    await reader.cancel()
    await expect.poll(() => inference.asks[0]?.signal.aborted).toBe(true)
  })

  it('writes one JSON text per line for toReadableStream()', async () => {
    const { completions } = await open()
    const stream = await completions.create({ model: 'm', messages: MESSAGES, stream: true })
    const lines = (await new Response(stream.toReadableStream()).text()).trimEnd().split('\n')
    expect(lines).toHaveLength(5)
    expect(lines.map((line) => JSON.parse(line).object)).toEqual(Array(5).fill('chat.completion.chunk'))
  })

  it('has the response beside the data', async () => {
    const { completions } = await open()
    const { data, response, request_id } = await completions
      .create({ model: 'm', messages: MESSAGES })
      .withResponse()
    expect(request_id).toBe('request-1')
    expect(response.headers.get('x402-max')).toBe('0.004474 USDC')
    expect(response.headers.get('payment-response')).toBe('cmVjZWlwdA==')
    expect(await response.json()).toEqual(JSON.parse(JSON.stringify(data)))
  })

  it('gives the events as they are on the wire for asResponse() of a stream', async () => {
    const { completions } = await open()
    const response = await completions.create({ model: 'm', messages: MESSAGES, stream: true }).asResponse()
    expect(response.headers.get('content-type')).toMatch(/^text\/event-stream/)
    const events = (await response.text()).split('\n\n').filter(Boolean)
    expect(events.at(-1)).toBe('data: [DONE]')
    expect(events.every((event) => event.startsWith('data: '))).toBe(true)
  })

  it('stops the request when the reader leaves the loop', async () => {
    const { completions, inference } = await open()
    let stopped = false
    inference.onRun = (ask) =>
      unending(ask, ['one ', 'two '], () => {
        stopped = true
      })
    const stream = await completions.create({ model: 'm', messages: MESSAGES, stream: true })
    for await (const _ of stream) break
    await expect.poll(() => stopped).toBe(true)
    expect(stream.controller.signal.aborted).toBe(true)
  })

  it('keeps what a gateway says beyond OpenAI under x402.raw', async () => {
    const { completions, inference } = await open()
    inference.onRun = function* () {
      yield STARTED
      yield { kind: 'event', event: { type: 'raw', raw: { odd: 1 } } }
      yield* [...answer(['x'])].slice(1)
    }
    const stream = await completions.create({ model: 'm', messages: MESSAGES, stream: true })
    const raws = []
    for await (const chunk of stream) if (chunk.x402?.raw) raws.push(chunk.x402.raw)
    expect(raws).toEqual([{ odd: 1 }])
  })

  it('passes on what it does not know, and the options', async () => {
    const { completions, inference } = await open()
    await completions.create(
      { model: 'm', messages: MESSAGES, temperature: 0.5, seed: 7, tools: [], metadata: { a: 'b' } },
      {
        quoteId: 'q',
        maxCost: { value: '0.02' },
        idempotencyKey: 'mine',
        gatewayOptions: { opengradient: { settlement: 'batch' } },
      },
    )
    expect(inference.asks[0]).toMatchObject({
      body: { temperature: 0.5, seed: 7, tools: [], metadata: { a: 'b' } },
      quoteId: 'q',
      maxCost: { value: '0.02', currency: 'USDC' },
      idempotencyKey: 'mine',
      settlement: 'batch',
    })
  })
})
