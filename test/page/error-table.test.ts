import { afterEach, describe, expect, it } from 'vitest'
import type { Cause } from '../../src/domain/errors.ts'
import { BASE_URL } from '../../src/protocol/page-messages.ts'
import { answerError, makeBackground, makeRow, openPage, STARTED, type TestPage } from './page-harness.ts'

/** The contract's error table: a cause of the row, its code, type and what `fetch` answers. */
const ROWS: readonly (readonly [cause: Cause, code: number, type: string, status: number])[] = [
  ['person-rejected', 4001, 'user_rejected', 403],
  ['approval-timeout', 4001, 'user_rejected', 403],
  ['site-silenced', 4001, 'user_rejected', 403],
  ['no-grant', 4100, 'unauthorized', 403],
  ['site-paused', 4100, 'unauthorized', 403],
  ['site-blocked', 4100, 'unauthorized', 403],
  ['wallet-locked', 4100, 'locked', 403],
  ['wallet-missing', 4100, 'locked', 403],
  ['frozen', 4100, 'locked', 403],
  ['clock-wrong', 4100, 'locked', 403],
  ['clock-unknown', 4100, 'locked', 403],
  ['unknown-method', 4200, 'unsupported', 400],
  ['unsupported-parameter', 4200, 'unsupported', 400],
  ['invalid-body', -32602, 'invalid_request', 400],
  ['unknown-model', -32602, 'invalid_request', 400],
  ['already-pending', -32002, 'request_pending', 403],
  ['queue-full', -32002, 'request_pending', 403],
  ['needs-activation', -32002, 'activation_required', 403],
  ['too-many-calls', -32005, 'rate_limited', 403],
  ['over-budget', 4402, 'budget_exceeded', 402],
  ['over-limit-day', 4402, 'budget_exceeded', 402],
  ['insufficient-funds', 4403, 'insufficient_funds', 402],
  ['unknown-quote', 4404, 'quote_exceeded', 402],
  ['over-max-cost', 4404, 'quote_exceeded', 402],
  ['over-approved', 4404, 'quote_exceeded', 402],
  ['answer-gone', 4405, 'paid_no_answer', 424],
  ['gateway-unreachable', 4900, 'gateway_failed', 503],
  ['quote-failed', 4900, 'gateway_failed', 503],
  ['restarting', 4900, 'disconnected', 503],
  ['key-conflict', -32600, 'idempotency_conflict', 422],
]
const BODY = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] }

let page: TestPage
afterEach(() => page.close())

describe('the error table', () => {
  it.each(ROWS)('%s: %i %s, %i', async (cause, code, type, status) => {
    const background = await makeBackground()
    page = openPage(background)
    background.inference.onRun = () => {
      throw answerError(cause)
    }
    const error = await page.provider.chat.completions.create(BODY).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(error).toMatchObject({
      name: 'X402ChatError',
      code,
      type,
      charged: 'no',
      receipt: null,
      partial: null,
    })
    const response = await page.provider.fetch(`${BASE_URL}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify(BODY),
    })
    expect(response.status).toBe(status)
    expect(response.headers.get('x-should-retry')).toBe(status === 503 ? null : 'false')
    const { error: told } = await response.json()
    expect(told).toEqual({ message: expect.stringMatching(/\.( \(|$)/), type, code, charged: 'no' })
  })

  it('answers 424 and never asks for a repeat once a payment may have been made', async () => {
    const background = await makeBackground()
    page = openPage(background)
    background.inference.onRun = () => {
      throw answerError('gateway-error', 'maybe', makeRow())
    }
    const error = await page.provider.chat.completions.create(BODY).catch((reason: unknown) => reason)
    expect(error).toMatchObject({
      ...{ code: 4405, type: 'paid_no_answer', charged: 'maybe', partial: 'so far' },
      receipt: { id: 'request-1' },
    })
    const response = await page.provider.fetch(`${BASE_URL}/chat/completions`, {
      method: 'POST',
      body: JSON.stringify({ ...BODY, stream: true }),
    })
    expect([response.status, response.headers.get('x-should-retry')]).toEqual([424, 'false'])
  })

  it('throws in mid-stream what came before it, and never just ends', async () => {
    const background = await makeBackground()
    page = openPage(background)
    background.inference.onRun = function* () {
      yield STARTED
      yield { kind: 'event', event: { type: 'text', text: 'so far' } }
      throw answerError('stream-truncated', 'yes', makeRow())
    }
    const stream = await page.provider.chat.completions.create({ ...BODY, stream: true })
    const texts: unknown[] = []
    const reading = (async () => {
      for await (const chunk of stream) texts.push(chunk.choices[0]?.delta.content)
    })()
    await expect(reading).rejects.toMatchObject({ type: 'paid_no_answer', charged: 'yes', partial: 'so far' })
    expect(texts).toEqual(['so far'])
  })

  it('says nothing of the inside: neither our causes nor what a gateway said', async () => {
    const background = await makeBackground()
    page = openPage(background)
    background.inference.onRun = () => {
      throw Object.assign(new Error('secret detail'), { cause: 'inside' })
    }
    const error = await page.provider.chat.completions.create(BODY).catch((reason: unknown) => reason)
    expect(JSON.stringify(error) + String(error)).not.toMatch(/secret|ledger|inside/)
    expect(error).toMatchObject({ type: 'gateway_failed' })
  })
})
