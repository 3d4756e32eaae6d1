import { describe, expect, it } from 'vitest'
import {
  createAnswerCollector,
  createChunkJson,
  createChunkWriter,
  toCompletion,
} from '../../src/gateways/assemble-completion.ts'
import type { AnswerEvent } from '../../src/gateways/gateway.ts'

const identity = { id: 'chatcmpl-1', created: 1_790_000_000, model: 'ambient/large' }

const EVENTS: readonly AnswerEvent[] = [
  { type: 'progress', stage: 'bid' },
  { type: 'reasoning', text: 'Let ' },
  { type: 'reasoning', text: 'me see' },
  { type: 'text', text: 'Hel' },
  { type: 'text', text: 'lo' },
  {
    type: 'tool-calls',
    deltas: [
      { index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '' } },
      { index: 1, id: 'c2', type: 'function', function: { name: 'g', arguments: '{' } },
    ],
  },
  { type: 'tool-calls', deltas: [{ index: 1, function: { arguments: '}' } }] },
  { type: 'tool-calls', deltas: [{ index: 0, function: { arguments: '{"a":1}' } }] },
  { type: 'raw', raw: { New: 1 } },
  { type: 'finish', reason: 'tool_calls' },
  { type: 'usage', usage: { promptTokens: 5, completionTokens: 10, totalTokens: 15 } },
  { type: 'wire-proof', fields: { tee_id: '0x1' } },
  { type: 'proof', proof: { kind: 'none' } },
  { type: 'reported-cost', value: '0.1' },
  { type: 'settlement', reference: '0x1' },
  { type: 'end' },
]

function collect(events: readonly AnswerEvent[]) {
  const collector = createAnswerCollector()
  for (const event of events) collector.add(event)
  return collector.collected()
}

describe('createChunkWriter', () => {
  const write = createChunkWriter(identity)
  const chunks = EVENTS.map(write).filter((chunk) => chunk !== null)

  it('writes OpenAI chunks, the role in the first choice alone', () => {
    const withChoice = chunks.filter(({ choices }) => choices.length > 0)
    expect(withChoice[0]).toEqual({
      ...identity,
      object: 'chat.completion.chunk',
      choices: [
        {
          index: 0,
          delta: { role: 'assistant', reasoning_content: 'Let ' },
          finish_reason: null,
          logprobs: null,
        },
      ],
    })
    expect(withChoice.slice(1).some(({ choices }) => 'role' in (choices[0]?.delta ?? {}))).toBe(false)
    expect(withChoice.at(-1)?.choices[0]).toMatchObject({ delta: {}, finish_reason: 'tool_calls' })
  })

  it('gives usage without choices, and unknown events under x402.raw', () => {
    expect(chunks.find(({ usage }) => usage)).toMatchObject({
      choices: [],
      usage: { prompt_tokens: 5, completion_tokens: 10, total_tokens: 15 },
    })
    expect(chunks.filter(({ x402 }) => x402).map(({ x402 }) => x402?.raw)).toEqual([
      { progress: 'bid' },
      { New: 1 },
    ])
  })

  it('shows a page no proof fields, costs, errors or ends as chunks', () => {
    expect(chunks).toHaveLength(EVENTS.length - 5)
    expect(JSON.stringify(chunks)).not.toContain('tee_id')
  })

  it('numbers tool calls that came without an index', () => {
    const writer = createChunkWriter(identity)
    const deltas = (...calls: unknown[]) =>
      writer({ type: 'tool-calls', deltas: calls })?.choices[0]?.delta.tool_calls
    expect(deltas({ id: 'a', function: { name: 'f' } }, { id: 'b' })).toMatchObject([
      { index: 0 },
      { index: 1 },
    ])
    expect(deltas({ function: { arguments: '{' } })).toMatchObject([{ index: 1 }])
    expect(deltas({ id: 'a', function: { arguments: '{' } })).toMatchObject([{ index: 0 }])
  })
})

describe('toCompletion', () => {
  it('puts the whole answer together: reasoning, text, tool calls by index, usage', () => {
    expect(toCompletion(collect(EVENTS), identity)).toEqual({
      ...identity,
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: 'Hello',
            refusal: null,
            reasoning_content: 'Let me see',
            tool_calls: [
              { id: 'c1', type: 'function', function: { name: 'f', arguments: '{"a":1}' } },
              { id: 'c2', type: 'function', function: { name: 'g', arguments: '{}' } },
            ],
          },
          finish_reason: 'tool_calls',
          logprobs: null,
        },
      ],
      usage: { prompt_tokens: 5, completion_tokens: 10, total_tokens: 15 },
    })
  })

  it('has null content for tool calls alone, empty content for an empty answer', () => {
    const call: AnswerEvent = {
      type: 'tool-calls',
      deltas: [{ id: 'a', function: { name: 'f', arguments: '{}' } }],
    }
    expect(toCompletion(collect([call]), identity).choices[0]).toMatchObject({
      message: { content: null },
      finish_reason: 'tool_calls',
    })
    expect(toCompletion(collect([]), identity)).toMatchObject({
      choices: [{ message: { content: '' }, finish_reason: 'stop' }],
    })
    expect(toCompletion(collect([]), identity)).not.toHaveProperty('usage')
  })
})

describe('createAnswerCollector', () => {
  it('keeps what a proof check needs', () => {
    expect(collect(EVENTS)).toMatchObject({
      text: 'Hello',
      finishReason: 'tool_calls',
      wireProof: { tee_id: '0x1' },
      usage: { totalTokens: 15 },
    })
  })

  it('bounds the tool calls of a hostile answer', () => {
    const deltas = Array.from({ length: 5000 }, (_, index) => ({ index, id: `c${index}` }))
    expect(collect([{ type: 'tool-calls', deltas: [...deltas, null, 7, 'x'] }]).toolCalls).toHaveLength(256)
  })
})

describe('createChunkJson', () => {
  it('writes what the chunks say, whatever text and model hold', () => {
    const events: AnswerEvent[] = [
      ...['Hi', '', '"content":""', 'a\u2028b\n\\', '\ud800', 'ü😀'].map((text) => ({
        type: 'text' as const,
        text,
      })),
      { type: 'reasoning', text: 'hm' },
      { type: 'text', text: 'more' },
      { type: 'end' },
      { type: 'finish', reason: 'stop' },
    ]
    const odd = { ...identity, model: 'odd "content":"" model' }
    const [toChunk, toJson] = [createChunkWriter(odd), createChunkJson(odd)]
    for (const event of events) {
      const chunk = toChunk(event)
      expect(toJson(event)).toBe(chunk === null ? null : JSON.stringify(chunk))
    }
  })

  it('gives the role to the first chunk with a choice, whatever came before it', () => {
    const [toChunk, toJson] = [createChunkWriter(identity), createChunkJson(identity)]
    for (const event of EVENTS) {
      const chunk = toChunk(event)
      expect(toJson(event)).toBe(chunk === null ? null : JSON.stringify(chunk))
    }
  })
})
