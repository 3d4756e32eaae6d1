import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import { afterEach, describe, expect, it } from 'vitest'
import type { AnswerPart } from '../../src/inference/inference.ts'
import {
  answer,
  answerError,
  makeBackground,
  makeRow,
  openPage,
  STARTED,
  type TestPage,
  unending,
} from './page-harness.ts'

let page: TestPage
afterEach(() => page.close())

async function open() {
  const background = await makeBackground()
  page = openPage(background)
  const { fetch, clientOptions } = page.provider
  const model = createOpenAICompatible({ name: 'x402', baseURL: clientOptions.baseURL, fetch })('m')
  return { ...background, model }
}

const TOOL_CALL: readonly AnswerPart[] = [
  STARTED,
  {
    kind: 'event',
    event: {
      type: 'tool-calls',
      deltas: [
        { index: 0, id: 'call_1', type: 'function', function: { name: 'add', arguments: '{"a":2,"b":3}' } },
      ],
    },
  },
  { kind: 'event', event: { type: 'finish', reason: 'tool_calls' } },
  { kind: 'receipt', row: makeRow() },
]

describe('the Vercel AI SDK over fetch', () => {
  it('generates', async () => {
    const { model } = await open()
    const { text, usage } = await generateText({ model, prompt: 'Hi' })
    expect([text, usage.totalTokens]).toEqual(['Hello world', 8])
  })

  it('streams', async () => {
    const { model } = await open()
    const parts: string[] = []
    for await (const part of streamText({ model, prompt: 'Hi' }).textStream) parts.push(part)
    expect(parts.join('')).toBe('Hello world')
  })

  it('uses a tool and answers with its result', async () => {
    const { model, inference } = await open()
    inference.onRun = ({ body }) =>
      body.messages.some(({ role }) => role === 'tool') ? answer(['It is 5']) : TOOL_CALL
    const { text } = await generateText({
      model,
      prompt: 'What is 2 + 3?',
      stopWhen: stepCountIs(3),
      tools: {
        add: tool({
          inputSchema: jsonSchema<{ a: number; b: number }>({
            type: 'object',
            properties: { a: { type: 'number' }, b: { type: 'number' } },
          }),
          execute: async ({ a, b }) => a + b,
        }),
      },
    })
    expect([text, inference.asks.length]).toEqual(['It is 5', 2])
  })

  it.each([
    ['person-rejected', 'no', 403],
    ['over-budget', 'no', 402],
    ['too-many-calls', 'no', 403],
    ['gateway-error', 'maybe', 424],
  ] as const)('asks once for %s with its own two retries', async (cause, charged, statusCode) => {
    const { model, inference } = await open()
    inference.onRun = () => {
      throw answerError(cause, charged)
    }
    await expect(generateText({ model, prompt: 'Hi' })).rejects.toMatchObject({ statusCode })
    expect(inference.asks).toHaveLength(1)
  })

  it('reports an error in mid-stream', async () => {
    const { model, inference } = await open()
    inference.onRun = function* () {
      yield STARTED
      yield { kind: 'event', event: { type: 'text', text: 'Hel' } }
      throw answerError('stream-silent', 'maybe')
    }
    const errors: unknown[] = []
    const { textStream } = streamText({
      ...{ model, prompt: 'Hi' },
      onError: ({ error }) => void errors.push(error),
    })
    for await (const _ of textStream);
    expect(errors).toHaveLength(1)
    expect(inference.asks).toHaveLength(1)
  })

  it('aborts', async () => {
    const { model, inference } = await open()
    let stopped = 0
    inference.onRun = (ask) => unending(ask, ['a'], () => stopped++)
    const controller = new AbortController()
    const { textStream } = streamText({ model, prompt: 'Hi', abortSignal: controller.signal })
    for await (const _ of textStream) controller.abort()
    await expect.poll(() => stopped).toBe(1)
  })
})
