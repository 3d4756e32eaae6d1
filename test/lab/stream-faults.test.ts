// @vitest-environment node
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type FaultBench, startFaultBench } from './fault-bench.ts'
import { readEvents, textOf } from './stock-client.ts'

let bench: FaultBench

beforeAll(async () => {
  bench = await startFaultBench()
}, 90_000)

afterEach(() => bench?.control('DELETE', '/faults'))
afterAll(() => bench?.lab.stop())

const slow = { timeout: 60_000 }

describe('in the stream', slow, () => {
  /** The whole of one paid answer under a fault. */
  async function answer(name: string, more: object = {}, content?: string): Promise<string[]> {
    const ready = await bench.prepare(content)
    await bench.fault(name, more)
    const response = await ready.send(ready.payment)
    expect(response.status).toBe(200)
    return readEvents(response)
  }

  it.each(['openai', 'text', 'tagged'])('mid-stream-error ends with an error: %s', async (form) => {
    const events = await answer('mid-stream-error', { form })
    expect(events.at(-1)).toMatch(/^\{"[eE]rror":/)
    expect(events).not.toContain('[DONE]')
  })

  it('mid-stream-error can be followed by [DONE]', async () => {
    expect((await answer('mid-stream-error', { done: true })).slice(-2)).toEqual([
      expect.stringContaining('error'),
      '[DONE]',
    ])
  })

  it('drop ends without [DONE] after as many pieces as were asked for', async () => {
    const events = await answer('drop', { after: 3 })
    expect(events.filter((event) => event.includes('"Content"'))).toHaveLength(3)
    expect(events).not.toContain('[DONE]')
  })

  it('drop can destroy the socket', async () => {
    await expect(answer('drop', { how: 'destroy' })).rejects.toThrow('terminated')
  })

  it('split-utf8 cuts characters over packets and loses none', async () => {
    const ready = await bench.prepare('echo: naïve 三思而後行 🙂')
    await bench.fault('split-utf8')
    const response = await ready.send(ready.payment)
    const parts: Uint8Array[] = []
    for await (const part of response.body ?? []) parts.push(part)
    expect(parts.some((part) => ((part[0] ?? 0) & 0xc0) === 0x80)).toBe(true)
    const events = await readEvents(new Response(Buffer.concat(parts)))
    expect(textOf(events)).toBe('naïve 三思而後行 🙂')
  })

  it.each([
    ['crlf', '\r\n\r\n'],
    ['comments', ': keep-alive\n'],
  ])('%s shows in the bytes and changes nothing in the events', async (name, bytes) => {
    const ready = await bench.prepare('echo: the same')
    await bench.fault(name)
    const text = await (await ready.send(ready.payment)).text()
    expect(text).toContain(bytes)
    expect(textOf(await readEvents(new Response(text)))).toBe('the same')
  })

  it.each([
    ['verified-false', ['{"Verification":{"verified":false}}', '"Done"', '[DONE]']],
    ['no-verification', [expect.stringContaining('merkle_root'), '"Done"', '[DONE]']],
  ])('%s shows in the end of the stream', async (name, end) => {
    expect((await answer(name)).slice(-3)).toEqual(end)
  })

  it('untagged sends plain chunks', async () => {
    const events = await answer('untagged', {}, 'echo: plain')
    expect(events.some((event) => event.includes('"Content"'))).toBe(false)
    expect(textOf(events)).toBe('plain')
  })

  it.each(['late-verification', 'hang', 'slow-first-token', 'gap'])('%s takes its time', async (name) => {
    const start = performance.now()
    const events = await answer(name, { ms: 900 })
    expect(performance.now() - start).toBeGreaterThan(900)
    expect(events.at(-1)).toBe('[DONE]')
  })

  it('huge-line sends so many megabytes in one line', async () => {
    const events = await answer('huge-line', { megabytes: 3 })
    expect(Math.max(...events.map((event) => event.length))).toBeGreaterThan(3 * 2 ** 20)
    expect(events.at(-1)).toBe('[DONE]')
  })

  it('bad-frame sends one frame that is no JSON, and goes on', async () => {
    const events = await answer('bad-frame', {}, 'echo: a b c d e f')
    expect(events).toContain('{"choices":[{"delta":{"content":')
    expect(events.at(-1)).toBe('[DONE]')
  })

  it('endless goes on until the client leaves', async () => {
    const ready = await bench.prepare()
    await bench.fault('endless')
    const response = await ready.send(ready.payment)
    let bytes = 0
    for await (const part of response.body ?? []) {
      bytes += part.length
      if (bytes > 2 ** 20) break
    }
    expect(bytes).toBeGreaterThan(2 ** 20)
  })
})
