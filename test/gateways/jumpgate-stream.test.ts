import { describe, expect, it } from 'vitest'
import { createAnswerDecoder } from '../../src/gateways/answer-decoder.ts'
import { createJumpgateReader } from '../../src/gateways/jumpgate/jumpgate-frames.ts'
import { decode, decodeSplitAt, frames } from './decoding.ts'

const newDecoder = () => createAnswerDecoder('text/event-stream; charset=utf-8', createJumpgateReader())

const TOOL_CALLS = [{ index: 0, id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }]
const TAGGED = frames(
  { Lifecycle: { type: 'jobRequested' } },
  { Content: { choices: [{ delta: { role: 'assistant', reasoning_content: 'Hm' } }] } },
  { Content: { choices: [{ delta: { content: 'Grüße 😀' } }] } },
  { Content: { choices: [{ delta: { tool_calls: TOOL_CALLS } }] } },
  { Content: { choices: [{ delta: {}, finish_reason: 'stop' }] } },
  { Usage: { usage: { prompt_tokens: 5, completion_tokens: 10, total_tokens: 15 }, merkle_root: '1018ff' } },
  { Verification: { verified: true } },
  '"Done"',
  '[DONE]',
)
const UNTAGGED = frames(
  { choices: [{ index: 0, delta: { role: 'assistant', reasoning_content: 'Hm' }, finish_reason: null }] },
  { choices: [{ index: 0, delta: { content: 'Grüße 😀' }, finish_reason: null }] },
  { choices: [{ index: 0, delta: { tool_calls: TOOL_CALLS }, finish_reason: null }] },
  { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] },
  {
    choices: [],
    usage: { prompt_tokens: 5, completion_tokens: 10, total_tokens: 15 },
    merkle_root: '1018ff',
  },
  { verified: true },
  '[DONE]',
)
const PENDING = { type: 'proof', proof: { kind: 'ambient', verdict: 'pending', merkleRoot: '1018ff' } }
const ANSWER = [
  { type: 'reasoning', text: 'Hm' },
  { type: 'text', text: 'Grüße 😀' },
  { type: 'tool-calls', deltas: TOOL_CALLS },
  { type: 'finish', reason: 'stop' },
  { type: 'usage', usage: { promptTokens: 5, completionTokens: 10, totalTokens: 15 } },
  PENDING,
  { type: 'proof', proof: { kind: 'ambient', verdict: 'reported', merkleRoot: '1018ff' } },
  { type: 'end' },
]

describe('a JumpGate stream', () => {
  it('is read in its tagged form', () => {
    expect(decode(newDecoder(), TAGGED)).toEqual([{ type: 'progress', stage: 'jobRequested' }, ...ANSWER])
  })

  it('is read as plain OpenAI chunks', () => {
    expect(decode(newDecoder(), UNTAGGED)).toEqual(ANSWER)
  })

  for (const [form, body] of [
    ['tagged', TAGGED],
    ['untagged', UNTAGGED],
    ['tagged with CRLF', TAGGED.replaceAll('\n', '\r\n')],
    ['untagged with CR', UNTAGGED.replaceAll('\n', '\r')],
    ['tagged with comments, ids and retry', TAGGED.replaceAll('data: ', ': ping\nid: 7\nretry: 10\ndata:')],
    ['untagged after a byte order mark', `\uFEFF${UNTAGGED}`],
  ] as const) {
    it(`gives the same events split at every byte, ${form}`, () => {
      const bytes = new TextEncoder().encode(body)
      const whole = decode(newDecoder(), body)
      expect(whole.slice(-ANSWER.length)).toEqual(ANSWER)
      for (let at = 1; at < bytes.length; at++) expect(decodeSplitAt(newDecoder(), body, at)).toEqual(whole)
      expect(decode(newDecoder(), body, 1)).toEqual(whole)
    })
  }

  it('takes `reasoning` for reasoning too, and not twice where both names come', () => {
    const body = frames(
      { Content: { choices: [{ delta: { reasoning: 'a' } }] } },
      { Content: { choices: [{ delta: { reasoning: 'b', reasoning_content: 'b' } }] } },
    )
    expect(decode(newDecoder(), body).slice(0, 2)).toEqual([
      { type: 'reasoning', text: 'a' },
      { type: 'reasoning', text: 'b' },
    ])
  })

  it.each([
    'jobRequested',
    'bundled',
    'auctionStarted',
    'bid',
    'winningBid',
    'auctionEnded',
    'requestForwarded',
  ])('reports the lifecycle stage %s as progress', (stage) => {
    expect(decode(newDecoder(), frames({ Lifecycle: { type: stage } }))[0]).toEqual({
      type: 'progress',
      stage,
    })
  })

  describe('verification', () => {
    const text = { Content: { choices: [{ delta: { content: 'x' } }] } }
    const usage = {
      Usage: { usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }, merkle_root: 'ab' },
    }
    const verdicts = (...data: unknown[]) =>
      decode(newDecoder(), frames(...data)).flatMap((event) =>
        event.type === 'proof' && event.proof.kind === 'ambient'
          ? [[event.proof.verdict, event.proof.merkleRoot]]
          : [],
      )

    it('is pending after the hash and reported by a late true', () => {
      expect(verdicts(text, usage, { Verification: { verified: true } }, '[DONE]')).toEqual([
        ['pending', 'ab'],
        ['reported', 'ab'],
      ])
    })
    it('is failed by a false', () => {
      expect(verdicts(text, usage, { Verification: { verified: false } }, '[DONE]').at(-1)).toEqual([
        'failed',
        'ab',
      ])
    })
    it('is none where the stream ends without it', () => {
      expect(verdicts(text, usage, '[DONE]').at(-1)).toEqual(['none', 'ab'])
      expect(verdicts(text, '[DONE]')).toEqual([['none', null]])
    })
    it('keeps its word where the hash comes after it', () => {
      expect(verdicts({ Verification: { verified: true } }, usage, '[DONE]').at(-1)).toEqual([
        'reported',
        'ab',
      ])
    })
    it('stays pending where the stream breaks off', () => {
      expect(verdicts(text, usage).at(-1)).toEqual(['pending', 'ab'])
    })
  })

  describe('errors', () => {
    it.each([
      [{ error: { message: 'No bids', type: 'upstream', code: 'no_bids' } }, 'No bids', 'no_bids'],
      [{ error: { message: 'No bids', type: 'upstream' } }, 'No bids', 'upstream'],
      [{ error: 'auction failed' }, 'auction failed', null],
      [{ Error: 'worker gone' }, 'worker gone', null],
      [{ Error: { message: 'worker gone', code: 7 } }, 'worker gone', '7'],
      [{ error: {} }, null, null],
    ])('reads %j', (frame, message, code) => {
      expect(decode(newDecoder(), frames(frame))).toEqual([{ type: 'error', message, code }])
    })
    it('are the last word, whether or not [DONE] follows', () => {
      const body = frames(
        { Content: { choices: [{ delta: { content: 'so far' } }] } },
        { error: 'x' },
        '[DONE]',
      )
      expect(decode(newDecoder(), body).map(({ type }) => type)).toEqual(['text', 'error'])
    })
    it('are not made of `error: null`', () => {
      const body = frames({ error: null, choices: [{ delta: { content: 'a' } }] }, '[DONE]')
      expect(decode(newDecoder(), body)[0]).toEqual({ type: 'text', text: 'a' })
    })
  })

  it('that ends without [DONE] is truncated, with what came so far', () => {
    const body = TAGGED.slice(0, TAGGED.indexOf('data: [DONE]'))
    const events = decode(newDecoder(), body)
    expect(events.at(-1)).toMatchObject({ type: 'error', code: 'truncated' })
    expect(events.some(({ type }) => type === 'text')).toBe(true)
    expect(events.some(({ type }) => type === 'end')).toBe(false)
  })

  it('counts a last [DONE] without its blank line', () => {
    expect(decode(newDecoder(), TAGGED.trimEnd()).at(-1)).toEqual({ type: 'end' })
  })

  it('goes on after a bad frame, which stays visible as raw', () => {
    const body = `data: {"Content": \n\n${frames({ New: { thing: 1 } }, [1], 7)}${TAGGED}`
    const events = decode(newDecoder(), body)
    expect(events.filter(({ type }) => type === 'raw')).toEqual([
      { type: 'raw', raw: '{"Content":' },
      { type: 'raw', raw: { New: { thing: 1 } } },
      { type: 'raw', raw: [1] },
      { type: 'raw', raw: 7 },
    ])
    expect(events.at(-1)).toEqual({ type: 'end' })
  })

  it('says nothing after its end', () => {
    expect(decode(newDecoder(), TAGGED + TAGGED)).toEqual(decode(newDecoder(), TAGGED))
  })
})
