/** A gateway that accepts and never answers, or stops in mid-stream, ends a call in a known time. */
import { describe, expect, it } from 'vitest'
import { builtInGateways, ENDPOINTS } from '../../src/gateways/built-in-gateways.ts'
import { createGateway } from '../../src/gateways/create-gateway.ts'
import { createAnswerJob } from '../../src/inference/answer-job.ts'
import { streamAnswer } from '../../src/inference/stream-answer.ts'
import { createTranscript } from '../../src/inference/transcript.ts'
import { ANSWER_MS, OFFER_MS, send } from '../../src/inference/wire.ts'
import { createFakeClock, settle } from './fake-clock.ts'

const REQUEST = { method: 'POST', url: 'https://gateway.example/', headers: {}, body: '{}' } as const

/** Answers when told to, or throws as fetch does once its signal is aborted. */
function makeServer() {
  let answer = (_response: Response) => {}
  const seen: AbortSignal[] = []
  const fetch: typeof globalThis.fetch = (_input, init) =>
    new Promise((resolve, reject) => {
      const signal = init?.signal
      if (!signal) throw new Error('sent without a signal')
      seen.push(signal)
      answer = resolve
      signal.addEventListener('abort', () => reject(signal.reason))
    })
  return { fetch, seen, answer: (response: Response) => answer(response) }
}

/** What came of a promise so far. */
function watch<T>(work: Promise<T>) {
  const told: { value?: T; reason?: unknown } = {}
  work.then(
    (value) => {
      told.value = value
    },
    (error) => {
      told.reason = error.reason
    },
  )
  return told
}

describe('a request without an answer', () => {
  it.each([
    ['a paid one', ANSWER_MS, 5 * 60_000],
    ['an offer', OFFER_MS, 15_000],
  ])('%s ends in silence when its time is up, and not before', async (_what, withinMs, milliseconds) => {
    const time = createFakeClock()
    const server = makeServer()
    const told = watch(
      send({ fetch: server.fetch, clock: time.clock }, REQUEST, {
        signal: new AbortController().signal,
        withinMs,
      }),
    )
    await time.pass(milliseconds - 1)
    expect(told).toEqual({})
    await time.pass(1)
    await settle()
    expect(told.reason).toBe('stream-silent')
  })

  it('says that it was aborted where its caller left', async () => {
    const time = createFakeClock()
    const leaving = new AbortController()
    const told = watch(
      send({ fetch: makeServer().fetch, clock: time.clock }, REQUEST, {
        signal: leaving.signal,
        withinMs: OFFER_MS,
      }),
    )
    leaving.abort()
    await settle()
    expect(told.reason).toBe('aborted')
  })

  it('is not cut off in its body once the headers are there, but by its caller', async () => {
    const time = createFakeClock()
    const server = makeServer()
    const leaving = new AbortController()
    const sending = send({ fetch: server.fetch, clock: time.clock }, REQUEST, {
      signal: leaving.signal,
      withinMs: OFFER_MS,
    })
    server.answer(new Response('slow'))
    expect((await sending).status).toBe(200)
    await time.pass(OFFER_MS * 10)
    expect(server.seen[0]?.aborted).toBe(false)
    leaving.abort()
    expect(server.seen[0]?.aborted).toBe(true)
  })
})

describe('a stream', () => {
  const [config] = builtInGateways(ENDPOINTS)
  if (!config) throw new Error('no gateway')
  const gateway = createGateway(config, ENDPOINTS)
  const frame = (text: string) => `data: {"choices":[{"delta":{"content":"${text}"}}]}\n\n`

  function open() {
    const time = createFakeClock()
    const sleeps: number[] = []
    const clock = {
      ...time.clock,
      sleep(milliseconds: number, signal?: AbortSignal) {
        sleeps.push(milliseconds)
        return time.clock.sleep(milliseconds, signal)
      },
    }
    let say = (_text: string) => {}
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        say = (text) => controller.enqueue(new TextEncoder().encode(text))
      },
    })
    const transcript = createTranscript({ provesText: false })
    const response = new Response(body, { headers: { 'content-type': 'text/event-stream' } })
    const job = createAnswerJob('hash')
    const told = watch(streamAnswer({ clock }, { gateway }, { response, job, transcript }))
    return { pass: time.pass, say: (text: string) => say(text), told, transcript, sleeps }
  }

  it('that falls silent for five minutes ends so, with what came until then', async () => {
    const { pass, say, told, transcript } = open()
    say(frame('so far'))
    await pass(5 * 60_000 - 1)
    expect(told).toEqual({})
    await pass(1)
    expect(told.reason).toBe('stream-silent')
    expect(transcript.text()).toBe('so far')
  })

  it('that says a word every four minutes goes on to its end', async () => {
    const { pass, say, told, transcript } = open()
    for (const word of ['one ', 'two ', 'three ', 'four']) {
      await pass(4 * 60_000)
      say(frame(word))
    }
    say('data: [DONE]\n\n')
    await pass(0)
    expect('value' in told).toBe(true)
    expect(transcript.text()).toBe('one two three four')
  })

  it('costs no timer of its own for each of 1,000 words', async () => {
    const { pass, say, told, sleeps } = open()
    for (let word = 0; word < 1_000; word++) say(frame('word '))
    say('data: [DONE]\n\n')
    while (!('value' in told)) await pass(0)
    expect(sleeps).toEqual([5 * 60_000])
  })
})
