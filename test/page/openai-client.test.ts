import OpenAI from 'openai'
import { afterEach, describe, expect, it } from 'vitest'
import type { AnswerPart } from '../../src/inference/inference.ts'
import {
  answerError,
  makeBackground,
  makeRow,
  openPage,
  STARTED,
  type TestPage,
  unending,
} from './page-harness.ts'

const BODY = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] }
let page: TestPage
afterEach(() => page.close())

async function open(options: { maxRetries?: number } = {}) {
  const background = await makeBackground()
  page = openPage(background)
  const client = new OpenAI({ ...page.provider.clientOptions, ...options })
  const keys = () => new Set(background.inference.asks.map(({ idempotencyKey }) => idempotencyKey))
  return { ...background, client, keys }
}

const CALLS: readonly AnswerPart[] = [
  STARTED,
  {
    kind: 'event',
    event: {
      type: 'tool-calls',
      deltas: [
        { index: 0, id: 'call_1', type: 'function', function: { name: 'weather', arguments: '{"at":' } },
      ],
    },
  },
  {
    kind: 'event',
    event: { type: 'tool-calls', deltas: [{ index: 0, function: { arguments: '"Rome"}' } }] },
  },
  { kind: 'event', event: { type: 'finish', reason: 'tool_calls' } },
  { kind: 'receipt', row: makeRow() },
]

describe('the official OpenAI client over clientOptions', () => {
  it('completes', async () => {
    const { client } = await open()
    const completion = await client.chat.completions.create(BODY)
    expect(completion.choices[0]?.message.content).toBe('Hello world')
    expect(completion._request_id).toBe('request-1')
  })

  it('streams', async () => {
    const { client } = await open()
    let text = ''
    for await (const chunk of await client.chat.completions.create({ ...BODY, stream: true }))
      text += chunk.choices[0]?.delta.content ?? ''
    expect(text).toBe('Hello world')
  })

  it('gathers a stream with its helper, usage and all', async () => {
    const { client } = await open()
    const final = await client.chat.completions.stream(BODY).finalChatCompletion()
    expect(final.choices[0]?.message.content).toBe('Hello world')
    expect(final.usage?.total_tokens).toBe(8)
    expect(final).toMatchObject({ x402: { receipt: { id: 'request-1' } } })
  })

  it('uses tools, whole and streamed', async () => {
    const { client, inference } = await open()
    inference.onRun = () => CALLS
    const tools = [
      { type: 'function' as const, function: { name: 'weather', parameters: { type: 'object' } } },
    ]
    const whole = await client.chat.completions.create({ ...BODY, tools })
    const streamed = await client.chat.completions.stream({ ...BODY, tools }).finalChatCompletion()
    for (const { choices } of [whole, streamed])
      expect(choices[0]?.message.tool_calls?.[0]).toMatchObject({
        id: 'call_1',
        function: { name: 'weather', arguments: '{"at":"Rome"}' },
      })
  })

  it('lists models', async () => {
    const { client } = await open()
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual(['m', 'n'])
  })

  it('is refused with the status and the type', async () => {
    const { client, inference } = await open()
    inference.onRun = () => {
      throw answerError('over-budget')
    }
    await expect(client.chat.completions.create(BODY)).rejects.toMatchObject({
      ...{ status: 402, type: 'budget_exceeded', code: 4402 },
    })
  })

  it('throws in mid-stream', async () => {
    const { client, inference } = await open()
    inference.onRun = function* () {
      yield STARTED
      yield { kind: 'event', event: { type: 'text', text: 'Hel' } }
      throw answerError('stream-silent', 'maybe')
    }
    const stream = await client.chat.completions.create({ ...BODY, stream: true })
    const reading = (async () => {
      for await (const _ of stream);
    })()
    await expect(reading).rejects.toMatchObject({ type: 'paid_no_answer' })
  })

  it('aborts', async () => {
    const { client, inference } = await open()
    let stopped = 0
    inference.onRun = (ask) => unending(ask, ['a'], () => stopped++)
    const controller = new AbortController()
    const waiting = client.chat.completions.create(BODY, { signal: controller.signal })
    await expect.poll(() => inference.asks.length).toBe(1)
    controller.abort()
    await expect(waiting).rejects.toBeInstanceOf(OpenAI.APIUserAbortError)
    const stream = await client.chat.completions.create({ ...BODY, stream: true })
    for await (const _ of stream) break
    await expect.poll(() => stopped).toBe(2)
  })

  it.each([0, 2])('asks once where a payment may have been made (maxRetries %i)', async (maxRetries) => {
    const { client, inference } = await open({ maxRetries })
    inference.onRun = () => {
      throw answerError('gateway-error', 'maybe')
    }
    await expect(client.chat.completions.create(BODY)).rejects.toMatchObject({ status: 424 })
    expect(inference.asks).toHaveLength(1)
  })

  it('asks once where the person said no, with the client’s own two retries', async () => {
    const { client, inference } = await open({ maxRetries: 2 })
    inference.onRun = () => {
      throw answerError('person-rejected')
    }
    await expect(client.chat.completions.create(BODY)).rejects.toMatchObject({ status: 403 })
    expect(inference.asks).toHaveLength(1)
  })

  it('repeats under one key where nothing was signed', async () => {
    const { client, inference, keys } = await open({ maxRetries: 2 })
    let failures = 1
    const good = inference.onRun
    inference.onRun = (ask) => {
      if (failures-- > 0) throw answerError('gateway-unreachable')
      return good(ask)
    }
    const completion = await client.chat.completions.create(BODY)
    expect(completion.choices[0]?.message.content).toBe('Hello world')
    expect([inference.asks.length, keys().size]).toEqual([2, 1])
  })
})
