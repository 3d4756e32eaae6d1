import { afterEach, describe, expect, it } from 'vitest'
import { CREDIT_WINDOW } from '../../src/protocol/page-messages.ts'
import { answer, makeBackground, openPage, STARTED, type TestPage, unending } from './page-harness.ts'

const BODY = { model: 'm', messages: [{ role: 'user' as const, content: 'Hi' }] }
const STREAM = { ...BODY, stream: true as const }
let page: TestPage
afterEach(() => page.close())

async function open() {
  const background = await makeBackground()
  page = openPage(background)
  return { ...background, create: page.provider.chat.completions.create }
}
const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

describe('the way of an answer', () => {
  it('opens nothing before the first call, and one connection for many', async () => {
    const { create } = await open()
    page.provider.addEventListener('settled', () => {})
    await pause(20)
    expect(page.connections()).toBe(0)
    await Promise.all([create(BODY), create(BODY), page.provider.models.list()])
    expect(page.connections()).toBe(1)
  })

  it('sends what one read brought in one message', async () => {
    const { create, inference } = await open()
    inference.onRun = () => answer(Array.from({ length: 500 }, (_, index) => `w${index} `))
    let chunks = 0
    for await (const _ of await create(STREAM)) chunks++
    const messages = page.received.filter((reply) => 'texts' in reply)
    expect(chunks).toBe(503)
    expect(messages.length).toBeLessThan(25)
  })

  it('keeps apart what runs at once', async () => {
    const { create, inference } = await open()
    inference.onRun = async function* ({ body }) {
      for (const part of answer([String(body.seed), '!'])) {
        await pause(Math.random() * 3)
        yield part
      }
    }
    const texts = await Promise.all(
      Array.from({ length: 15 }, async (_, seed) => {
        let text = ''
        for await (const chunk of await create({ ...STREAM, seed }))
          text += chunk.choices[0]?.delta.content ?? ''
        return text
      }),
    )
    expect(texts).toEqual(Array.from({ length: 15 }, (_, seed) => `${seed}!`))
  })

  it('stops reading the answer while the page does not, and goes on when it does', async () => {
    const { create, inference } = await open()
    const word = 'x'.repeat(1024)
    let read = 0
    inference.onRun = function* () {
      yield STARTED
      for (; read < 4096; read++) yield { kind: 'event', event: { type: 'text', text: word } }
      yield* [...answer([])].slice(1)
    }
    const stream = await create(STREAM)
    await pause(100)
    const unread = read * word.length
    expect(unread).toBeGreaterThan(CREDIT_WINDOW / 2)
    expect(unread).toBeLessThan(1024 * 1024)
    let characters = 0
    for await (const chunk of stream) characters += chunk.choices[0]?.delta.content?.length ?? 0
    expect(characters).toBe(4096 * 1024)
  })

  it('ends the request of a page that does not read and then goes', async () => {
    const { create, inference } = await open()
    let stopped = false
    inference.onRun = (ask) =>
      unending(ask, Array(2_000).fill('x'.repeat(1024)), () => {
        stopped = true
      })
    await create(STREAM)
    await pause(50)
    const [ask] = inference.asks
    page.close()
    await expect.poll(() => ask?.signal.aborted).toBe(true)
    expect(ask?.caller.isAlive()).toBe(false)
    expect(stopped).toBe(false)
  })
})

describe('an abort', () => {
  it('rejects with the reason and stops the request', async () => {
    const { create, inference } = await open()
    inference.onRun = (ask) => unending(ask, [])
    const controller = new AbortController()
    const answered = create(BODY, { signal: controller.signal })
    await expect.poll(() => inference.asks.length).toBe(1)
    controller.abort(new Error('changed my mind'))
    await expect(answered).rejects.toThrow('changed my mind')
    await expect.poll(() => inference.asks[0]?.signal.aborted).toBe(true)
  })

  it('makes a stream throw, whatever it still holds', async () => {
    const { create, inference } = await open()
    inference.onRun = (ask) => unending(ask, ['a', 'b', 'c'])
    const stream = await create(STREAM)
    const texts: unknown[] = []
    const reading = (async () => {
      for await (const chunk of stream) {
        texts.push(chunk.choices[0]?.delta.content)
        stream.controller.abort()
      }
    })()
    await expect(reading).rejects.toMatchObject({ name: 'AbortError' })
    expect(texts).toEqual(['a'])
  })

  it('takes the question for a budget back', async () => {
    const { inference } = await open()
    let asked: AbortSignal | undefined
    inference.onBudget = (_caller, _ask, signal) => {
      asked = signal
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    }
    const controller = new AbortController()
    const answered = page.provider.requestBudget({ cap: '1', period: 'day' }, { signal: controller.signal })
    await expect.poll(() => asked).toBeDefined()
    controller.abort()
    await expect(answered).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => asked?.aborted).toBe(true)
  })

  it('before the call sends nothing', async () => {
    const { create } = await open()
    await expect(create(BODY, { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
    expect(page.connections()).toBe(0)
  })
})
