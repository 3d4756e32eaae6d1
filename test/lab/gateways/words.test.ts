// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { type ChatBody, readChatBody } from './chat-body.ts'
import { sendJson, startServer } from './http-server.ts'
import { createWords, type Word } from './words.ts'

const rate = { tokensPerSecond: 0, delayMs: 0 }
const never = new AbortController().signal

function makeBody(raw: object): ChatBody {
  const read = readChatBody(Buffer.from(JSON.stringify(raw)), 100)
  if (read.kind === 'error') throw new Error(read.message)
  return read.body
}

async function collect(words: AsyncIterable<Word>): Promise<Word[]> {
  const said: Word[] = []
  for await (const word of words) said.push(word)
  return said
}

const body = makeBody({ model: 'ambient/large', messages: [{ role: 'user', content: 'Hi' }], is_paid: true })

describe('createWords', () => {
  it('keeps to the rate', async () => {
    const start = performance.now()
    const said = await collect(createWords({})(body, { tokensPerSecond: 400, delayMs: 0 }, never))
    expect(performance.now() - start).toBeGreaterThan(((said.length - 1) * 1000) / 400 - 20)
  })

  it('ends when the client has gone', async () => {
    expect(await collect(createWords({})(body, rate, AbortSignal.abort()))).toEqual([])
  })

  it('takes its words from LAB_UPSTREAM, and asks it for a stream of the model that is set', async () => {
    const upstream = await startUpstream([
      delta({ role: 'assistant', content: '' }),
      delta({ reasoning_content: 'Hm' }),
      delta({ content: 'He' }),
      delta({ content: 'llo' }),
      finish('stop'),
    ])
    const said = await collect(
      createWords({ ...upstream.env, LAB_UPSTREAM_MODEL: 'small' })(body, rate, never),
    )
    await upstream.close()
    expect(said).toEqual([
      { kind: 'reasoning', text: 'Hm' },
      { kind: 'text', text: 'He' },
      { kind: 'text', text: 'llo' },
      { kind: 'finish', reason: 'stop' },
    ])
    expect(upstream.asked).toEqual([
      {
        path: '/v1/chat/completions',
        key: 'Bearer k',
        body: { model: 'small', messages: [{ role: 'user', content: 'Hi' }], stream: true },
      },
    ])
  })

  it("asks for the first model that the service lists, and passes none of a gateway's own fields on", async () => {
    const upstream = await startUpstream([delta({ content: 'Hi' }), finish('stop')])
    const own = { is_paid: true, emit_usage: true, emit_verified: true, max_completion_tokens: 5 }
    const asked = makeBody({ model: 'ambient/large', messages: body.messages, ...own })
    await collect(createWords(upstream.env)(asked, rate, never))
    await upstream.close()
    expect(upstream.asked.at(-1)?.body).toEqual({
      ...{ model: 'first', messages: body.messages, max_completion_tokens: 5, stream: true },
    })
  })

  it('puts a tool call together that comes in pieces', async () => {
    const upstream = await startUpstream([
      delta({ tool_calls: [{ index: 0, id: 'call_1', function: { name: 'add', arguments: '' } }] }),
      delta({ tool_calls: [{ index: 0, function: { arguments: '{"a":' } }] }),
      delta({ tool_calls: [{ index: 0, function: { arguments: '1}' } }] }),
      finish('tool_calls'),
    ])
    const said = await collect(createWords(upstream.env)(body, rate, never))
    await upstream.close()
    expect(said).toEqual([
      { kind: 'tool', id: 'call_1', name: 'add', arguments: '{"a":1}' },
      { kind: 'finish', reason: 'tool_calls' },
    ])
  })

  it.each([
    ['an error', ['{"error":{"message":"overloaded"}}'], 'overloaded'],
    ['an early end', ['{"choices":[{"delta":{"content":"He"}}]}'], 'broke off'],
  ])('fails with the service: %s', async (_, frames, words) => {
    const upstream = await startUpstream(frames)
    await expect(collect(createWords(upstream.env)(body, rate, never))).rejects.toThrow(words)
    await upstream.close()
  })
})

const delta = (value: object) => JSON.stringify({ choices: [{ delta: value }] })
const finish = (reason: string) => JSON.stringify({ choices: [{ delta: {}, finish_reason: reason }] })

/** An OpenAI-compatible service that says the frames, then `[DONE]`. */
async function startUpstream(frames: readonly string[]) {
  const asked: { path: string; key: string | undefined; body: unknown }[] = []
  const server = await startServer({
    port: 0,
    async handle(request, response) {
      if (request.method === 'GET')
        return sendJson(response, 200, { data: [{ id: 'first' }, { id: 'other' }] })
      const { authorization: key } = request.headers
      asked.push({ path: request.url.pathname, key, body: JSON.parse(String(request.body)) })
      for (const frame of frames) response.write(`data: ${frame}\n\n`)
      response.end('data: [DONE]\n\n')
    },
  })
  const env = { LAB_UPSTREAM: `${server.url}/v1/`, LAB_UPSTREAM_KEY: 'k' }
  return { asked, env, close: () => server.close() }
}
