import { describe, expect, it } from 'vitest'
import { SETTLEMENT_MODES } from '../../src/domain/budget.ts'
import { BASE, BASE_SEPOLIA } from '../../src/domain/network.ts'
import { bodyOf, builtIn, makeBody } from './configs.ts'
import { decode, decodeSplitAt, frames } from './decoding.ts'

const newer = builtIn('opengradient')
const documented = builtIn('opengradient-test')
const options = { defaultMaxTokens: 1024, settlement: 'batch' } as const
const prepare = (overrides = {}) => newer.prepare(makeBody({ model: 'gpt-5-mini', ...overrides }), options)

describe('OpenGradient: the request', () => {
  it('is priced by its 402, may run in a session, and has no quote or catalogue', () => {
    expect(newer).toMatchObject({
      networks: [BASE, BASE_SEPOLIA],
      pricing: 'offer-first',
      sessionHeaderName: 'X-Upto-Session',
    })
    expect(newer.quoteRequest(prepare())).toBeNull()
    expect(newer.catalogueRequest()).toBeNull()
    expect(() => newer.parseQuote(prepare(), 200, '{}')).toThrow(
      expect.objectContaining({ reason: 'quote-failed' }),
    )
  })

  it('goes to /v1/chat/completions with a bearer and the OpenAI body', () => {
    const call = prepare({
      max_completion_tokens: 90,
      temperature: 0.5,
      stream_options: { include_usage: true },
    })
    const request = newer.paidRequest(call, null)
    expect(request).toMatchObject({
      method: 'POST',
      url: 'https://llm.opengradient.ai/v1/chat/completions',
      headers: {
        authorization: 'Bearer x402',
        accept: 'application/json',
        'content-type': 'application/json',
      },
    })
    expect(bodyOf(request)).toEqual({
      model: 'gpt-5-mini',
      messages: [{ role: 'user', content: 'Hello' }],
      max_tokens: 90,
      temperature: 0.5,
      stream: false,
    })
  })

  it('asks for a stream where one is wanted', () => {
    const request = newer.paidRequest(prepare({ stream: true }), null)
    expect(request.headers.accept).toBe('text/event-stream')
    expect(bodyOf(request).stream).toBe(true)
  })

  it.each(SETTLEMENT_MODES)('sends the settlement mode %s', (settlement) => {
    const call = newer.prepare(makeBody({ model: 'gpt-5' }), { ...options, settlement })
    expect(newer.paidRequest(call, null).headers['x-settlement-type']).toBe(settlement)
  })

  it.each(['temperature', 'stop', 'tools', 'tool_choice', 'response_format', 'web_search'])(
    'passes %s through',
    (name) => {
      expect(prepare({ [name]: ['x'] }).body[name]).toEqual(['x'])
    },
  )

  it.each([
    [newer, 'gpt-5-mini', 'gpt-5-mini'],
    [newer, 'openai/gpt-5-mini', 'gpt-5-mini'],
    [newer, 'anthropic/claude-haiku-4-5', 'claude-haiku-4-5'],
    [documented, 'openai/gpt-4o', 'openai/gpt-4o'],
    [documented, 'gpt-4o', 'openai/gpt-4o'],
    [documented, 'grok-3-beta', 'x-ai/grok-3-beta'],
  ])('spells model ids as the deployment does', (gateway, wanted, sent) => {
    const call = gateway.prepare(makeBody({ model: wanted }), options)
    expect([call.model, call.body.model]).toEqual([sent, sent])
  })

  it('names a model that it does not have', () => {
    expect(() => newer.prepare(makeBody({ model: 'gpt-9' }), options)).toThrow(
      expect.objectContaining({ reason: 'unknown-model', facts: { model: 'gpt-9' } }),
    )
  })

  it('sends the payment under both names to the documented deployment, under one to the newer', () => {
    expect(newer.paymentHeaderNames({ permit2: 'documented' })).toEqual(['X-PAYMENT', 'PAYMENT-SIGNATURE'])
    expect(newer.paymentHeaderNames({ permit2: 'x402-upto' })).toEqual(['PAYMENT-SIGNATURE'])
  })

  it('ships the documented models and the newer registry’s, with its prices', () => {
    expect(documented.config.models).toHaveLength(16)
    expect(documented.config.models.every(({ id, pricing }) => id.includes('/') && pricing === null)).toBe(
      true,
    )
    expect(newer.config.models.find(({ id }) => id === 'claude-sonnet-4-6')).toMatchObject({
      pricing: { currency: 'USD', input: '3', output: '15' },
      proof: 'tee',
      ownedBy: 'anthropic',
    })
    expect(newer.config.models.some(({ id }) => id.includes('/'))).toBe(false)
  })
})

const PROOF = {
  tee_signature: 'c2ln',
  tee_timestamp: 1790000000,
  tee_request_hash: 'ab'.repeat(32),
  tee_output_hash: 'cd'.repeat(32),
  tee_id: `0x${'ef'.repeat(32)}`,
}
const USAGE = { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 }
const COST = { cost_opg: '0.0012', cost_usd: '0.0003', opg_price_usd: '0.25' }
const CALL = { index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }

const TAIL = [
  { type: 'finish', reason: 'stop' },
  { type: 'usage', usage: { promptTokens: 3, completionTokens: 2, totalTokens: 5 } },
  { type: 'wire-proof', fields: PROOF },
  { type: 'reported-cost', value: '0.0012' },
  { type: 'end' },
]

describe('OpenGradient: the answer', () => {
  const stream = frames(
    {
      choices: [{ delta: { role: 'assistant', content: '' }, index: 0, finish_reason: null }],
      model: 'gpt-5-mini',
    },
    { choices: [{ delta: { content: 'Grüße' }, index: 0, finish_reason: null }], model: 'gpt-5-mini' },
    { choices: [{ delta: { tool_calls: [CALL] }, index: 0, finish_reason: null }], model: 'gpt-5-mini' },
    {
      choices: [{ delta: {}, index: 0, finish_reason: 'stop' }],
      model: 'gpt-5-mini',
      ...PROOF,
      usage: USAGE,
      opengradient: COST,
    },
    '[DONE]',
  )
  const events = [{ type: 'text', text: 'Grüße' }, { type: 'tool-calls', deltas: [CALL] }, ...TAIL]

  it('is read from a stream, split at every byte', () => {
    expect(decode(newer.createDecoder('text/event-stream'), stream)).toEqual(events)
    for (let at = 1; at < stream.length; at++) {
      expect(decodeSplitAt(newer.createDecoder('text/event-stream'), stream, at)).toEqual(events)
    }
  })

  it('is read whole, split at every byte', () => {
    const wholeEvents = events.map((event) =>
      event.type === 'tool-calls' ? { ...event, whole: true } : event,
    )
    const whole = JSON.stringify({
      id: 'x',
      object: 'chat.completion',
      choices: [
        {
          index: 0,
          message: { role: 'assistant', content: 'Grüße', tool_calls: [CALL] },
          finish_reason: 'stop',
        },
      ],
      usage: USAGE,
      ...PROOF,
      opengradient: COST,
    })
    for (let at = 0; at < whole.length; at++) {
      expect(decodeSplitAt(newer.createDecoder('application/json'), whole, at)).toEqual(wholeEvents)
    }
  })

  it('ends in an error, and not in an end, after `Stream processing failed`', () => {
    const broken = frames(
      { choices: [{ delta: { content: 'so far' }, index: 0 }] },
      { error: 'Stream processing failed' },
    )
    expect(decode(newer.createDecoder('text/event-stream'), broken)).toEqual([
      { type: 'text', text: 'so far' },
      { type: 'error', message: 'Stream processing failed', code: null },
    ])
  })

  it.each([
    ['0.0012', '0.0012'],
    ['1', '1'],
    ['0', '0'],
    [0.25, '0.25'],
    ['1200000000000000', '0.0012'],
    ['5000000000000000000', '5'],
    [1200, '0.0000000000000012'],
  ])('reads a cost of %j as %s OPG', (cost, value) => {
    const body = frames({ choices: [], usage: USAGE, opengradient: { cost_opg: cost } })
    expect(decode(newer.createDecoder('text/event-stream'), body)).toContainEqual({
      type: 'reported-cost',
      value,
    })
  })

  it('without proof gives none, and a cost that is no amount is left out', () => {
    const bare = frames({ choices: [], usage: USAGE, opengradient: { cost_opg: '-1' } }, '[DONE]')
    expect(decode(newer.createDecoder('text/event-stream'), bare).map(({ type }) => type)).toEqual([
      'usage',
      'end',
    ])
  })
})

describe('OpenGradient: headers and errors', () => {
  it('reads the session, which stays a secret of the background', () => {
    expect(newer.readHeaders(new Headers({ 'X-Upto-Session': 'tok_1' })).sessionId).toBe('tok_1')
    expect(newer.readHeaders(new Headers()).sessionId).toBeNull()
    expect(newer.readHeaders(new Headers({ 'X-Upto-Session': 'a b' })).sessionId).toBeNull()
  })

  it.each(['X-Settlement-Tx-Hash', 'X-Settlement-Walrus-Blob-ID', 'X-Settlement-Job-ID'])(
    'reads the reference in %s',
    (name) => {
      expect(newer.readHeaders(new Headers({ [name]: '0xabc' })).settlementReference).toBe('0xabc')
    },
  )

  it('prefers the transaction among the references', () => {
    const all = new Headers({ 'X-Settlement-Job-ID': 'job', 'X-Settlement-Tx-Hash': '0xabc' })
    expect(newer.readHeaders(all).settlementReference).toBe('0xabc')
  })

  it.each([
    [401, '{"error":"Unauthorized"}', 'Unauthorized'],
    [400, `{"error":"Model 'x' is not supported"}`, "Model 'x' is not supported"],
    [503, '{"error":"Pricing unavailable: no feed"}', 'Pricing unavailable: no feed'],
    [413, '', 'HTTP 413'],
    [415, '', 'HTTP 415'],
    [500, '{"error":"boom"}', 'boom'],
    [
      502,
      '{"error":"Provider failed","exception_type":"X","source":"provider","provider_status":500,"retryable":true}',
      'Provider failed',
    ],
    [402, '{"error":"Session expired or exhausted"}', 'Session expired or exhausted'],
    [
      402,
      '{"error":"Payment authorization deadline missing or too soon"}',
      'Payment authorization deadline missing or too soon',
    ],
    [412, '{}', 'HTTP 412'],
  ])('%d %s reads "%s"', (status, body, sentence) => {
    expect(newer.describeError(status, 'application/json', body)).toBe(sentence)
  })
})
