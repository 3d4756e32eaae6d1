import { afterEach, describe, expect, it } from 'vitest'
import { createPageServer } from '../../src/background/page/create-page-server.ts'
import { hashAsk } from '../../src/inference/body-hash.ts'
import type { Ask } from '../../src/inference/inference.ts'
import type { Ledger } from '../../src/ledger/ledger.ts'
import { BASE_URL } from '../../src/protocol/page-messages.ts'
import { makeApproval, makeReservation, usdc } from '../ledger/make-ledger.ts'
import {
  answer,
  answerError,
  makeBackground,
  openPage,
  SITE,
  STARTED,
  type TestPage,
  unending,
} from './page-harness.ts'

const CHAT = `${BASE_URL}/chat/completions`
const BODY = { model: 'm', messages: [{ role: 'user', content: 'Hi' }] }
const post = (body: unknown, headers: Record<string, string> = {}) => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
})

/** What inference writes before it signs. */
async function book(ledger: Ledger, { idempotencyKey, ...ask }: Ask): Promise<void> {
  const reserved = await ledger.reserve(
    makeReservation({
      ...{ id: 'first', principal: SITE, key: idempotencyKey ?? '', bodyHash: await hashAsk(ask) },
      ...{ booking: 'outside', approval: makeApproval(usdc('0.004474')), grantRevision: null },
    }),
  )
  expect(reserved.kind).toBe('reserved')
}

let page: TestPage
afterEach(() => page.close())

async function open() {
  const background = await makeBackground()
  page = openPage(background)
  return { ...background, fetch: page.provider.fetch }
}

describe('fetch', () => {
  it('answers JSON', async () => {
    const { fetch } = await open()
    const response = await fetch(CHAT, post(BODY))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-request-id')).toBe('request-1')
    expect(response.headers.get('x402-max')).toBe('0.004474 USDC')
    expect((await response.json()).choices[0].message.content).toBe('Hello world')
  })

  it('answers server-sent events that end with [DONE]', async () => {
    const { fetch } = await open()
    const response = await fetch(CHAT, post({ ...BODY, stream: true }))
    const text = await response.text()
    expect(text.endsWith('\n\ndata: [DONE]\n\n')).toBe(true)
  })

  it('lists models', async () => {
    const { fetch } = await open()
    const response = await fetch(new URL(`${BASE_URL}/models`))
    expect(await response.json()).toMatchObject({
      object: 'list',
      data: [{ id: 'm', object: 'model', owned_by: 'maker' }, { id: 'n' }],
    })
  })

  it.each([
    ['another host', 'https://api.openai.com/v1/chat/completions', 'POST'],
    ['another path', `${BASE_URL}/embeddings`, 'POST'],
    ['another method', CHAT, 'PUT'],
    ['a path that climbs', `${BASE_URL}/../v1x/chat/completions`, 'POST'],
  ])('refuses %s with 400', async (_name, url, method) => {
    const { fetch, inference } = await open()
    const response = await fetch(url, { method, body: JSON.stringify(BODY) })
    expect(response.status).toBe(400)
    expect(inference.asks).toEqual([])
  })

  it.each(['', '{', '[]', '{"model":"m"}', '{"model":"m","messages":[]}'])(
    'refuses the body %j with 400',
    async (body) => {
      const { fetch } = await open()
      const response = await fetch(CHAT, { method: 'POST', body })
      expect(response.status).toBe(400)
      expect((await response.json()).error).toMatchObject({ type: 'invalid_request', code: -32602 })
    },
  )

  it('takes a Request, and reads its headers', async () => {
    const { fetch, inference } = await open()
    const headers = {
      'Idempotency-Key': 'mine',
      'x402-max-cost': '0.02 USDC',
      'X-SETTLEMENT-TYPE': 'individual',
    }
    await fetch(new Request(CHAT, post(BODY, headers)))
    expect(inference.asks[0]).toMatchObject({
      idempotencyKey: 'mine',
      maxCost: { value: '0.02', currency: 'USDC' },
      settlement: 'individual',
    })
  })

  it.each([
    ['x402-max-cost', '0.02'],
    ['x402-max-cost', '2e-2 USDC'],
    ['x402-max-cost', '0.02 EUR'],
    ['x-settlement-type', 'public'],
  ])('refuses %s: %s with 400', async (name, value) => {
    const { fetch, inference } = await open()
    expect((await fetch(CHAT, post(BODY, { [name]: value }))).status).toBe(400)
    expect(inference.asks).toEqual([])
  })

  it('joins a client’s own repeat to the first request by its body', async () => {
    const { fetch, inference } = await open()
    await fetch(CHAT, post(BODY, { 'x-stainless-retry-count': '0' }))
    await fetch(CHAT, post(BODY, { 'x-stainless-retry-count': '1' }))
    await fetch(CHAT, post({ ...BODY, temperature: 1 }, { 'x-stainless-retry-count': '1' }))
    await fetch(CHAT, post(BODY))
    const [first, repeat, other, anew] = inference.asks.map(({ idempotencyKey }) => idempotencyKey)
    expect(repeat).toBe(first)
    expect(new Set([first, other, anew]).size).toBe(3)
  })

  it('joins a repeat to what an earlier worker booked, and does not lose that when it starts again itself', async () => {
    const { fetch, inference, ledger, deps } = await open()
    inference.onRun = async function* (ask) {
      if (inference.asks.length === 1) await book(ledger, ask)
      if (inference.asks.length < 3) await new Promise<never>(() => {})
      yield* answer(['one answer'])
    }
    const abort = new AbortController()
    const timedOut = fetch(CHAT, { ...post(BODY, { 'x-stainless-retry-count': '0' }), signal: abort.signal })
    await expect.poll(async () => (await ledger.getRequest('first')) !== null).toBe(true)
    abort.abort()
    await expect(timedOut).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => page.sent.some((message) => 'abort' in message)).toBe(true)
    page.killWorker(createPageServer(deps))
    const repeated = fetch(CHAT, post(BODY, { 'x-stainless-retry-count': '1' }))
    await expect.poll(() => inference.asks.length).toBe(2)
    page.killWorker(createPageServer(deps))
    expect((await repeated).status).toBe(200)
    const [first, ...others] = inference.asks.map(({ idempotencyKey }) => idempotencyKey)
    expect(others).toEqual([first, first])
  })

  it('pays anew for the same body an hour later', async () => {
    const { fetch, inference, clock } = await open()
    await fetch(CHAT, post(BODY))
    clock.atMs += 59 * 60_000
    await fetch(CHAT, post(BODY, { 'x-stainless-retry-count': '1' }))
    clock.atMs += 60_000
    await fetch(CHAT, post(BODY, { 'x-stainless-retry-count': '1' }))
    const [first, within, after] = inference.asks.map(({ idempotencyKey }) => idempotencyKey)
    expect(within).toBe(first)
    expect(after).not.toBe(first)
  })

  it('never joins another origin’s request', async () => {
    const { fetch, inference, ...background } = await open()
    await fetch(CHAT, post(BODY))
    const { senderOf } = await import('./page-harness.ts')
    const other = openPage(background, senderOf('https://other.example', { documentId: 'd2' }))
    await other.provider.fetch(CHAT, post(BODY, { 'x-stainless-retry-count': '1' }))
    other.close()
    expect(inference.asks[1]?.idempotencyKey).not.toBe(inference.asks[0]?.idempotencyKey)
  })

  it('rejects as fetch does when it is aborted, before and in the middle of an answer', async () => {
    const { fetch, inference } = await open()
    let stopped = 0
    inference.onRun = (ask) => unending(ask, ['a'], () => stopped++)
    const whole = new AbortController()
    const waiting = fetch(CHAT, { ...post(BODY), signal: whole.signal })
    await expect.poll(() => inference.asks.length).toBe(1)
    whole.abort()
    await expect(waiting).rejects.toMatchObject({ name: 'AbortError' })
    const streamed = new AbortController()
    const response = await fetch(CHAT, { ...post({ ...BODY, stream: true }), signal: streamed.signal })
    const reader = response.body?.getReader()
    await reader?.read()
    streamed.abort()
    await expect(reader?.read()).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => stopped).toBe(2)
    await expect(fetch(CHAT, { ...post(BODY), signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    })
    expect(inference.asks).toHaveLength(2)
  })

  it('stops the request when the body is cancelled', async () => {
    const { fetch, inference } = await open()
    let stopped = 0
    inference.onRun = (ask) => unending(ask, ['a'], () => stopped++)
    const response = await fetch(CHAT, post({ ...BODY, stream: true }))
    await response.body?.cancel()
    await expect.poll(() => stopped).toBe(1)
  })

  it('ends a stream that breaks off with an error event and without [DONE]', async () => {
    const { fetch, inference } = await open()
    inference.onRun = function* () {
      yield STARTED
      throw answerError('stream-truncated', 'maybe')
    }
    const text = await (await fetch(CHAT, post({ ...BODY, stream: true }))).text()
    expect(text).not.toContain('[DONE]')
    expect(JSON.parse(text.replace('data: ', ''))).toMatchObject({
      error: { type: 'paid_no_answer', code: 4405 },
    })
  })
})
