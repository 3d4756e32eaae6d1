import { afterEach, describe, expect, it, vi } from 'vitest'
import { createPageServer } from '../../src/background/page/create-page-server.ts'
import type { AnswerPart, Ask } from '../../src/inference/inference.ts'
import {
  answer,
  answerError,
  makeBackground,
  makeRow,
  openPage,
  STARTED,
  type TestPage,
} from './page-harness.ts'

const BODY = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] }
let page: TestPage
afterEach(() => {
  page.close()
  vi.unstubAllGlobals()
})

async function open() {
  const background = await makeBackground()
  page = openPage(background)
  /** The worker dies and another starts, over the same books. */
  const restart = () => page.killWorker(createPageServer(background.deps))
  return { ...background, create: page.provider.chat.completions.create, restart }
}

const never = new Promise<never>(() => {})
async function* thenSilence(parts: Iterable<AnswerPart>): AsyncGenerator<AnswerPart> {
  yield* parts
  await never
}
const keysOf = (asks: readonly Ask[]) => asks.map(({ idempotencyKey }) => idempotencyKey)

describe('when the worker dies', () => {
  it('starts a call anew by itself, under the same key', async () => {
    const { create, inference, restart } = await open()
    inference.onRun = () => thenSilence([])
    const answered = create(BODY)
    await expect.poll(() => inference.asks.length).toBe(1)
    inference.onRun = () => answer(['again'])
    restart()
    expect((await answered).choices[0]?.message.content).toBe('again')
    const [first, second] = keysOf(inference.asks)
    expect(second).toBe(first)
    expect(page.connections()).toBe(2)
  })

  it('goes on in mid-stream without giving anything twice', async () => {
    const { create, inference, restart } = await open()
    const whole = [...answer(['one ', 'two ', 'three'])]
    inference.onRun = () => thenSilence(whole.slice(0, 3))
    const stream = await create({ ...BODY, stream: true })
    const texts: string[] = []
    for await (const chunk of stream) {
      texts.push(chunk.choices[0]?.delta.content ?? '')
      if (texts.length === 2) {
        inference.onRun = () => whole
        restart()
      }
    }
    expect(texts.join('')).toBe('one two three')
    expect(page.sent.filter((message) => 'resumeAt' in message && message.resumeAt === 2)).toHaveLength(1)
  })

  it('tells of a payment where the answer is gone', async () => {
    const { create, inference, restart } = await open()
    inference.onRun = () => thenSilence([...answer(['one '])].slice(0, 2))
    const stream = await create({ ...BODY, stream: true })
    const reading = (async () => {
      for await (const _ of stream) {
        inference.onRun = () => {
          throw answerError('answer-gone', 'maybe', makeRow())
        }
        restart()
      }
    })()
    await expect(reading).rejects.toMatchObject({ type: 'paid_no_answer', receipt: { id: 'request-1' } })
  })

  it('never mixes two answers', async () => {
    const { create, inference, restart } = await open()
    inference.onRun = () => thenSilence([...answer(['one '])].slice(0, 2))
    const stream = await create({ ...BODY, stream: true })
    const reading = (async () => {
      for await (const _ of stream) {
        inference.onRun = () => [{ ...STARTED, requestId: 'request-2' }, ...[...answer(['un'])].slice(1)]
        restart()
      }
    })()
    await expect(reading).rejects.toMatchObject({ type: 'paid_no_answer', charged: 'maybe' })
  })

  it('gives the click back that the dead worker had used', async () => {
    const { create, inference, restart } = await open()
    page.click()
    const taken: boolean[] = []
    inference.onRun = ({ caller }) => {
      taken.push(caller.takeActivation())
      return taken.length === 1 ? thenSilence([]) : answer(['yes'])
    }
    const answered = create(BODY)
    await expect.poll(() => page.received.some((reply) => 'used' in reply)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 20))
    restart()
    await answered
    await create(BODY)
    expect(taken).toEqual([true, true, false])
  })

  it('does not wake it again for a page that waits for nothing', async () => {
    const { create, restart } = await open()
    await create(BODY)
    restart()
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect(page.connections()).toBe(1)
    await create(BODY)
    expect(page.connections()).toBe(2)
  })

  it('is not held to the rate limit for what it sends again', async () => {
    const { create, inference, restart } = await open()
    inference.onRun = () => thenSilence([])
    const answered = Promise.all(Array.from({ length: 20 }, () => create(BODY)))
    await expect.poll(() => inference.asks.length).toBe(20)
    inference.onRun = () => answer(['x'])
    restart()
    expect(await answered).toHaveLength(20)
  })

  it('gives up after some deaths in a row, with a typed error', async () => {
    const { create } = await open()
    const dead = {
      serve: () => setImmediate(() => page.killWorker(dead)),
      modelsChanged: () => {},
    }
    page.killWorker(dead)
    await expect(create(BODY)).rejects.toMatchObject({
      type: 'paid_no_answer',
      charged: 'maybe',
      status: 424,
    })
    await expect(page.provider.models.list()).rejects.toMatchObject({ type: 'disconnected', charged: 'no' })
  })
})

describe('when a page comes back from the back/forward cache', () => {
  it('answers new calls, though nothing told it that its port had ended', async () => {
    await open()
    await page.provider.models.list()
    page.freezeAndReturn()
    expect(await page.provider.models.list()).toHaveLength(2)
    expect(page.connections()).toBe(2)
  })

  it('starts a call again that was pending, under the same key', async () => {
    const { create, inference } = await open()
    inference.onRun = () => thenSilence([])
    const answered = create(BODY)
    await expect.poll(() => inference.asks.length).toBe(1)
    inference.onRun = () => answer(['again'])
    page.freezeAndReturn()
    expect((await answered).choices[0]?.message.content).toBe('again')
    const [first, second] = keysOf(inference.asks)
    expect(second).toBe(first)
    expect(inference.asks[0]?.signal.aborted).toBe(true)
  })

  it('gives no click back: whoever left has let the question go', async () => {
    const { create, inference } = await open()
    page.click()
    const taken: boolean[] = []
    inference.onRun = ({ caller }) => {
      taken.push(caller.takeActivation())
      return taken.length === 1 ? thenSilence([]) : answer(['yes'])
    }
    const answered = create(BODY)
    await expect.poll(() => page.received.some((reply) => 'used' in reply)).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 20))
    page.freezeAndReturn()
    await answered
    expect(taken).toEqual([true, false])
  })
})

describe('an abort that no worker can hear', () => {
  it('between two lives of the worker: the call is not sent again', async () => {
    const { create, inference, restart } = await open()
    inference.onRun = () => thenSilence([])
    const controller = new AbortController()
    const answered = create(BODY, { signal: controller.signal })
    await expect.poll(() => inference.asks.length).toBe(1)
    restart()
    // The second death in a row is followed by a pause.
    await expect.poll(() => inference.asks.length).toBe(2)
    restart()
    controller.abort()
    await expect(answered).rejects.toMatchObject({ name: 'AbortError' })
    await new Promise((resolve) => setTimeout(resolve, 250))
    expect(inference.asks).toHaveLength(2)
  })

  it('in a prerendered page: the call is never sent', async () => {
    const shown = new EventTarget()
    vi.stubGlobal('document', Object.assign(shown, { prerendering: true }))
    const { create, inference } = await open()
    const controller = new AbortController()
    const aborted = create(BODY, { signal: controller.signal })
    const kept = create(BODY)
    controller.abort()
    await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
    await new Promise((resolve) => setTimeout(resolve, 20))
    shown.dispatchEvent(new Event('prerenderingchange'))
    await kept
    expect(inference.asks).toHaveLength(1)
  })
})

describe('when the extension is gone', () => {
  it('says so, and that nothing was paid for a call that never left', async () => {
    const { create } = await open()
    page.removeExtension()
    await expect(create(BODY)).rejects.toMatchObject({ type: 'disconnected', code: 4900, charged: 'no' })
    const response = await page.provider.fetch('https://x402-chat.invalid/v1/models')
    expect(response.status).toBe(503)
  })

  it('leaves it open for a call that had left', async () => {
    const { create, inference } = await open()
    inference.onRun = () => thenSilence([])
    const answered = create(BODY)
    await expect.poll(() => inference.asks.length).toBe(1)
    page.removeExtension()
    await expect(answered).rejects.toMatchObject({ type: 'paid_no_answer', charged: 'maybe' })
  })

  it('says of a list of models that had been asked for that nothing was paid', async () => {
    const { deps } = await open()
    page.killWorker(createPageServer({ ...deps, gateways: { ...deps.gateways, models: () => never } }))
    const listed = page.provider.fetch('https://x402-chat.invalid/v1/models')
    await expect.poll(() => page.sent.length).toBe(1)
    page.removeExtension()
    const response = await listed
    expect(response.status).toBe(503)
    expect(await response.json()).toMatchObject({ error: { type: 'disconnected', charged: 'no' } })
  })
})
