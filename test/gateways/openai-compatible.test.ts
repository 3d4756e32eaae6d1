import { describe, expect, it } from 'vitest'
import { PAYMENT_NETWORKS } from '../../src/domain/network.ts'
import { parseBaseUrl } from '../../src/gateways/openai-compatible/base-url.ts'
import { parseExtraHeaders } from '../../src/gateways/openai-compatible/extra-headers.ts'
import { bodyOf, makeBody, makeSeller, OPTIONS } from './configs.ts'
import { decode, frames } from './decoding.ts'

const seller = makeSeller({
  extraHeaders: { 'X-Request-ID': 'r1', Accept: 'text/html', 'Content-Type': 'x' },
})

describe('an OpenAI-compatible gateway', () => {
  it('is priced by its 402 on any network of the wallet, without session or proof', () => {
    expect(seller).toMatchObject({
      networks: PAYMENT_NETWORKS,
      pricing: 'offer-first',
      sessionHeaderName: null,
    })
    expect(seller.quoteRequest(seller.prepare(makeBody(), OPTIONS))).toBeNull()
    expect(seller.paymentHeaderNames({ permit2: null })).toEqual(['PAYMENT-SIGNATURE'])
    expect(seller.readHeaders(new Headers({ 'x-upto-session': 's' }))).toEqual({
      sessionId: null,
      settlementReference: null,
    })
  })

  it('gets the OpenAI body, both answer forms accepted, and the extra headers, which replace none of ours', () => {
    const call = seller.prepare(makeBody({ model: 'm', stream: true, top_k: 5, stop: null }), OPTIONS)
    const request = seller.paidRequest(call, null)
    expect(request.url).toBe('https://blockrun.ai/api/v1/chat/completions')
    expect(request.headers).toEqual({
      'x-request-id': 'r1',
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    })
    expect(bodyOf(request)).toEqual({
      model: 'm',
      messages: [{ role: 'user', content: 'Hello' }],
      top_k: 5,
      max_tokens: 1024,
      stream: true,
    })
  })

  it('keeps the name that the caller gave the output limit', () => {
    expect(seller.prepare(makeBody({ max_completion_tokens: 9 }), OPTIONS).body).toMatchObject({
      max_completion_tokens: 9,
    })
    expect(seller.prepare(makeBody({ max_completion_tokens: 9 }), OPTIONS).body).not.toHaveProperty(
      'max_tokens',
    )
    expect(seller.prepare(makeBody({ max_tokens: 9 }), OPTIONS).body).toMatchObject({ max_tokens: 9 })
  })

  it('reads streams and whole answers', () => {
    const stream = frames({ choices: [{ index: 0, delta: { content: 'a' } }] }, '[DONE]')
    const whole = JSON.stringify({ choices: [{ index: 0, message: { content: 'a' } }] })
    const answer = [{ type: 'text', text: 'a' }, { type: 'end' }]
    expect(decode(seller.createDecoder('text/event-stream'), stream)).toEqual(answer)
    expect(decode(seller.createDecoder('application/json; charset=utf-8'), whole)).toEqual(answer)
  })

  it('reads the parts of a whole answer’s content, an error in it, and a legacy completion', () => {
    const read = (body: unknown) => decode(seller.createDecoder('application/json'), JSON.stringify(body))
    const parts = [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
    ]
    expect(read({ choices: [{ message: { content: parts } }] })[0]).toEqual({ type: 'text', text: 'ab' })
    expect(read({ choices: [{ text: 'old' }] })[0]).toEqual({ type: 'text', text: 'old' })
    expect(read({ error: { message: 'x', code: 'c' } })).toEqual([{ type: 'error', message: 'x', code: 'c' }])
  })

  it('reads an SSE event of type error', () => {
    const body = 'event: error\ndata: overloaded\n\n'
    expect(decode(seller.createDecoder('text/event-stream'), body)).toEqual([
      { type: 'error', message: 'overloaded', code: null },
    ])
  })

  it('leaves a second choice as raw rather than mixing it in', () => {
    const body = frames({ choices: [{ index: 1, delta: { content: 'b' } }] }, '[DONE]')
    expect(decode(seller.createDecoder('text/event-stream'), body)[0]?.type).toBe('raw')
  })

  it('lists its models', () => {
    expect(seller.catalogueRequest()).toMatchObject({
      method: 'GET',
      url: 'https://blockrun.ai/api/v1/models',
    })
    expect(seller.parseCatalogue(200, '{"data":[{"id":"m","owned_by":"o"}]}')).toMatchObject([
      { id: 'm', ownedBy: 'o', gatewayId: 'blockrun', proof: 'none', pricing: null },
    ])
  })
})

describe('parseBaseUrl', () => {
  const strict = { allowLoopback: false }
  it.each([
    ['https://blockrun.ai/api/v1', 'https://blockrun.ai/api/v1'],
    [' https://blockrun.ai/api/v1/ ', 'https://blockrun.ai/api/v1'],
    ['https://blockrun.ai/api/v1/chat/completions', 'https://blockrun.ai/api/v1'],
    ['https://Example.com/v1?x=1#y', 'https://example.com/v1'],
    ['https://example.com', 'https://example.com'],
    ['https://example.com:8443/v1/completions/', 'https://example.com:8443/v1'],
  ])('%s → %s', (text, url) => {
    expect(parseBaseUrl(text, strict)).toBe(url)
  })
  it.each([
    'http://example.com/v1',
    'example.com/v1',
    'ftp://example.com',
    'javascript:alert(1)',
    'https://user:pass@example.com/v1',
    'https://localhost/v1',
    'http://127.0.0.1:4024/v1',
    '',
  ])('refuses %s', (text) => {
    expect(() => parseBaseUrl(text, strict)).toThrow(expect.objectContaining({ reason: 'invalid-body' }))
  })
  it('takes loopback over http where it is allowed, and nothing else over http', () => {
    expect(parseBaseUrl('http://127.0.0.1:4024/v1/', { allowLoopback: true })).toBe(
      'http://127.0.0.1:4024/v1',
    )
    expect(() => parseBaseUrl('http://example.com', { allowLoopback: true })).toThrow()
  })
})

describe('parseExtraHeaders', () => {
  it('reads one header a line', () => {
    expect(parseExtraHeaders('X-Request-ID: 7\n\n  Authorization:   Bearer a:b  \n')).toEqual({
      'x-request-id': '7',
      authorization: 'Bearer a:b',
    })
  })
  it.each([
    'no colon',
    'X: ',
    'a b: c',
    'Payment-Signature: x',
    'X-PAYMENT: x',
    'Content-Type: x',
    'Cookie: x',
    'x: é',
  ])('refuses %s', (line) => {
    expect(() => parseExtraHeaders(line)).toThrow(expect.objectContaining({ reason: 'invalid-body' }))
  })
})
