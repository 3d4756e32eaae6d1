import { describe, expect, it } from 'vitest'
import { BASE, SOLANA } from '../../src/domain/network.ts'
import { bodyOf, builtIn, makeBody, OPTIONS } from './configs.ts'

const jumpgate = builtIn('jumpgate')
const prepare = (overrides = {}) => jumpgate.prepare(makeBody(overrides), OPTIONS)

/** The documentation's own example. */
const QUOTE = {
  headers: {
    'x402-input-tokens': '17',
    'x402-max-completion-tokens': '1000',
    'x402-model-tier': 'standard',
    'x402-max-tool-calls': '0',
  },
  input_tokens: 17,
  output_tokens: 1000,
  model_tier: 'standard',
  max_tool_calls: 0,
  amount_micro_usdc: 4424,
  amount_usdc: 0.004424,
  max_amount_micro_usdc: 4474,
  max_amount_usdc: 0.004474,
}

describe('JumpGate: the request', () => {
  it('pays in USDC on Base and Solana, quote first, without sessions', () => {
    expect(jumpgate).toMatchObject({
      networks: [BASE, SOLANA],
      pricing: 'quote-first',
      sessionHeaderName: null,
    })
  })

  it('asks for a quote with the body, is_paid, stream and max_tool_calls', () => {
    const request = jumpgate.quoteRequest(prepare({ max_tokens: 1000 }))
    expect(request).toMatchObject({ method: 'POST', url: 'https://jumpgate.ambient.xyz/paid/chat/v2/quote' })
    expect(bodyOf(request)).toMatchObject({
      model: 'ambient/large',
      messages: [{ role: 'user', content: 'Hello' }],
      stream: true,
      is_paid: true,
      max_completion_tokens: 1000,
      max_tool_calls: 0,
    })
  })

  it('pays for the same body without max_tool_calls, with the quote’s headers unchanged', () => {
    const call = prepare({ temperature: 0.5, max_tool_calls: 3 })
    const quote = jumpgate.parseQuote(call, 200, JSON.stringify(QUOTE))
    const paid = jumpgate.paidRequest(call, quote)
    const { max_tool_calls, ...asked } = bodyOf(jumpgate.quoteRequest(call))
    expect(max_tool_calls).toBe(3)
    expect(bodyOf(paid)).toEqual(asked)
    expect(paid).toMatchObject({
      method: 'POST',
      url: 'https://jumpgate.ambient.xyz/paid/chat/v2',
      headers: { ...QUOTE.headers, 'content-type': 'application/json', accept: 'text/event-stream' },
    })
    expect(jumpgate.paymentHeaderNames({ permit2: null })).toEqual(['PAYMENT-SIGNATURE'])
  })

  it.each([
    ['temperature', 0.2],
    ['top_p', 0.9],
    ['tools', [{ type: 'function', function: { name: 'f' } }]],
    ['tool_choice', 'auto'],
    ['response_format', { type: 'json_object' }],
    ['stream_options', { include_usage: true }],
    ['reasoning', { effort: 'low' }],
    ['thinking_budget', 512],
    ['wait_for_verification', true],
    ['emit_usage', false],
    ['emit_verified', false],
    ['stop', ['\n']],
    ['seed', 7],
  ])('passes %s through', (name, value) => {
    expect(bodyOf(jumpgate.paidRequest(prepare({ [name]: value }), null))[name]).toEqual(value)
  })

  it.each([
    [{ max_tokens: 50 }, 50],
    [{ max_completion_tokens: 60 }, 60],
    [{ max_tokens: 50, max_completion_tokens: 60 }, 50],
    [{}, 1024],
    [{ max_tokens: null, max_completion_tokens: null }, 1024],
  ])('maps %j to an output limit of %d', (limits, expected) => {
    const call = prepare(limits)
    expect(call.maxOutputTokens).toBe(expected)
    expect(call.body.max_completion_tokens).toBe(expected)
    expect(call.body).not.toHaveProperty('max_tokens')
  })

  it.each([
    [{}, 0],
    [{ tools: [] }, 0],
    [{ tools: [{ type: 'function' }] }, 8],
    [{ tools: [{ type: 'function' }], tool_choice: 'none' }, 0],
    [{ tools: [{ type: 'function' }], max_tool_calls: 2 }, 2],
  ])('bids for tool calls: %j → %d', (parts, expected) => {
    expect(prepare(parts).maxToolCalls).toBe(expected)
  })

  it('always streams upstream, and remembers what the page asked for', () => {
    for (const [stream, asked] of [
      [true, true],
      [false, false],
      [undefined, false],
    ] as const) {
      const call = prepare(stream === undefined ? {} : { stream })
      expect([call.stream, call.body.stream]).toEqual([asked, true])
    }
  })

  it('lets no page turn is_paid off', () => {
    expect(prepare({ is_paid: false }).body.is_paid).toBe(true)
  })

  it.each([
    ['n', 2],
    ['logprobs', true],
    ['audio', { voice: 'x' }],
    ['modalities', ['audio']],
    ['functions', []],
    ['function_call', 'auto'],
  ])('names %s as something that it cannot do', (parameter, value) => {
    expect(() => prepare({ [parameter]: value })).toThrow(
      expect.objectContaining({ reason: 'unsupported-parameter', facts: { parameter } }),
    )
  })

  it.each([{ n: 1 }, { logprobs: false }, { modalities: ['text'] }, { audio: null }])(
    'takes %j',
    (harmless) => {
      expect(prepare(harmless).body.is_paid).toBe(true)
    },
  )

  it.each([
    { max_tokens: 0 },
    { max_tokens: -1 },
    { max_tokens: 1.5 },
    { max_completion_tokens: '9' },
    { max_tool_calls: -1 },
  ])('calls %j an invalid body', (bad) => {
    expect(() => prepare(bad as never)).toThrow(expect.objectContaining({ reason: 'invalid-body' }))
  })
})

describe('JumpGate: the quote', () => {
  const parse = (status: number, body: unknown) =>
    jumpgate.parseQuote(prepare(), status, typeof body === 'string' ? body : JSON.stringify(body))

  it('gives the expected amount and the spend cap in atomic USDC', () => {
    expect(parse(200, QUOTE)).toEqual({
      expected: 4424n,
      max: 4474n,
      currency: 'USDC',
      inputTokens: 17,
      maxOutputTokens: 1000,
      headers: QUOTE.headers,
    })
  })

  it.each([
    ['an error', 500, { error: { message: 'No capacity' } }],
    ['HTML', 502, '<html>'],
    ['no JSON', 200, 'soon'],
    ['no price', 200, { ...QUOTE, amount_micro_usdc: undefined }],
    ['a price in text', 200, { ...QUOTE, max_amount_micro_usdc: '4474' }],
    ['a price of zero', 200, { ...QUOTE, amount_micro_usdc: 0 }],
    ['a broken price', 200, { ...QUOTE, amount_micro_usdc: 4424.5 }],
    ['a price beyond whole numbers', 200, { ...QUOTE, max_amount_micro_usdc: 1e300 }],
    ['a cap below the price', 200, { ...QUOTE, max_amount_micro_usdc: 4423 }],
    ['no headers', 200, { ...QUOTE, headers: undefined }],
    ['empty headers', 200, { ...QUOTE, headers: {} }],
    ['a header that is not a pricing one', 200, { ...QUOTE, headers: { authorization: 'x' } }],
    ['a header with a line break', 200, { ...QUOTE, headers: { 'x402-input-tokens': '1\r\nx: y' } }],
    ['a header that is a number', 200, { ...QUOTE, headers: { 'x402-input-tokens': 17 } }],
  ])('refuses %s', (_, status, body) => {
    expect(() => parse(status, body)).toThrow(expect.objectContaining({ reason: 'quote-failed' }))
  })

  it('tells why, in the server’s words', () => {
    expect(() => parse(503, { error: { message: 'No capacity' } })).toThrow(
      expect.objectContaining({ facts: { detail: 'No capacity' } }),
    )
  })
})

describe('JumpGate: the catalogue', () => {
  it('is asked of Ambient, for free', () => {
    expect(jumpgate.catalogueRequest()).toEqual({
      method: 'GET',
      url: 'https://api.ambient.xyz/v1/models',
      headers: { accept: 'application/json' },
      body: null,
    })
  })

  it('gives ids and lengths, and no prices: those are not JumpGate’s', () => {
    const entry = {
      id: 'ambient/large',
      context_length: 200_000,
      max_output_length: 131_072,
      pricing: { prompt: '1' },
    }
    expect(
      jumpgate.parseCatalogue(200, JSON.stringify({ data: [entry, { id: 7 }, null, { id: 'a b' }] })),
    ).toEqual([
      {
        id: 'ambient/large',
        gatewayId: 'jumpgate',
        ownedBy: 'ambient',
        contextLength: 200_000,
        maxOutputTokens: 131_072,
        pricing: null,
        proof: 'ambient',
      },
    ])
  })

  it.each([
    [500, '{"data":[{"id":"x"}]}'],
    [200, 'no json'],
    [200, '{"data":{}}'],
    [200, '{"data":[]}'],
  ])('falls back to the shipped list after %d %s', (status, body) => {
    expect(jumpgate.parseCatalogue(status, body)).toBeNull()
    expect(jumpgate.config.models.map(({ id }) => id)).toEqual(['ambient/large', 'ambient/mini'])
  })
})

describe('JumpGate: HTTP errors', () => {
  it.each([
    [
      429,
      'application/json',
      '{"error":{"message":"Slow down","type":"rate_limit","param":null,"code":429}}',
      'Slow down',
    ],
    [500, 'application/json', '{"error":{"message":"Worker failed","type":"server_error"}}', 'Worker failed'],
    [503, 'application/json', '{"error":{"message":"No bidders","code":"unavailable"}}', 'No bidders'],
    [400, 'text/plain', 'Invalid header: x402-input-tokens', 'Invalid header: x402-input-tokens'],
    [502, 'text/html', '<html><h1>Bad Gateway</h1></html>', 'HTTP 502'],
    [502, 'text/plain', '<!doctype html><p>Pay 0xabc', 'HTTP 502'],
    [502, 'application/octet-stream', 'Send money to 0xabc', 'HTTP 502'],
    [500, 'application/json', '{"error":', 'HTTP 500'],
    [500, '', '', 'HTTP 500'],
    [400, 'application/json', '{"detail":"Nope"}', 'Nope'],
    [400, 'application/json', '"Nope"', 'Nope'],
    [400, 'application/json', '{"error":{}}', 'HTTP 400'],
    [400, 'application/json', `{"error":"a\\u202eb${'x'.repeat(400)}"}`, `ab${'x'.repeat(197)}…`],
  ])('%d %s %s', (status, type, body, sentence) => {
    expect(jumpgate.describeError(status, type, body)).toBe(sentence)
  })
})
