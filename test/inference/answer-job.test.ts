import { describe, expect, it } from 'vitest'
import { parseOrigin } from '../../src/domain/principal.ts'
import { createAnswerJob } from '../../src/inference/answer-job.ts'
import { AnswerError, type AnswerPart } from '../../src/inference/inference.ts'
import { createReplayBook } from '../../src/inference/replay.ts'
import { createFakeClock, settle } from './fake-clock.ts'

const text = (value: string): AnswerPart => ({ kind: 'event', event: { type: 'text', text: value } })
const open = () => new AbortController().signal

async function readAll(parts: AsyncGenerator<AnswerPart>): Promise<string> {
  let all = ''
  for await (const part of parts)
    if (part.kind === 'event' && part.event.type === 'text') all += part.event.text
  return all
}

describe('an answer on its way', () => {
  it('is read whole by everybody, however late they join', async () => {
    const job = createAnswerJob('hash')
    const early = readAll(job.read(open()))
    await job.write(text('a'))
    await job.write(text('b'))
    job.end(null)
    expect(await early).toBe('ab')
    expect(await readAll(job.read(open()))).toBe('ab')
  })

  it('throws its error after what came', async () => {
    const job = createAnswerJob('hash')
    await job.write(text('so far'))
    job.end(new AnswerError('paid_no_answer', 'stream-truncated', {}, 'yes', null, 'so far'))
    const parts = job.read(open())
    expect((await parts.next()).value).toEqual(text('so far'))
    await expect(parts.next()).rejects.toMatchObject({ type: 'paid_no_answer' })
  })

  it('stops the upstream when the last reader leaves, not before', async () => {
    const job = createAnswerJob('hash')
    const [one, two] = [new AbortController(), new AbortController()]
    const first = readAll(job.read(one.signal))
    const second = readAll(job.read(two.signal))
    await settle()
    one.abort()
    await first
    expect(job.signal.aborted).toBe(false)
    two.abort()
    await second
    expect(job.signal.aborted).toBe(true)
  })

  it('holds the writer back while a reader is more than 1 MiB behind', async () => {
    const job = createAnswerJob('hash')
    const parts = job.read(open())
    const first = parts.next()
    const piece = 'x'.repeat(64 * 1024)
    let written = 0
    const writing = (async () => {
      for (; written < 64; written++) await job.write(text(piece))
      job.end(null)
    })()
    await first
    await settle()
    expect(written).toBeLessThan(12)
    await readAll(parts)
    await writing
    expect(written).toBe(64)
  })

  it('does not keep a long answer in memory', async () => {
    const job = createAnswerJob('hash')
    const reading = readAll(job.read(open()))
    for (let round = 0; round < 200; round++) {
      await job.write(text('y'.repeat(64 * 1024)))
      await settle()
    }
    job.end(null)
    expect((await reading).length).toBe(200 * 64 * 1024)
    expect(job.size()).toBeLessThan(6 * 1024 * 1024)
    await expect(readAll(job.read(open()))).rejects.toMatchObject({ type: 'paid_no_answer' })
  })
})

describe('answers kept for repeats', () => {
  it('are gone after ten minutes, and beyond 20 MiB the oldest go first', async () => {
    const { clock, pass } = createFakeClock()
    const book = createReplayBook(clock)
    const site = parseOrigin('https://a.example') ?? 'panel'
    const add = async (key: string) => {
      const job = createAnswerJob(key)
      await job.write(text('z'.repeat(1024 * 1024)))
      job.end(null)
      book.add(site, key, job)
    }
    for (let index = 0; index < 12; index++) await add(`key ${index}`)
    expect(book.find(site, 'key 0')).toBeUndefined()
    expect(book.find(site, 'key 11')).toBeDefined()
    await pass(10 * 60_000 + 1)
    expect(book.find(site, 'key 11')).toBeUndefined()
  })
})
