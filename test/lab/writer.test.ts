// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { countTokens, write } from './writer.ts'

const ask = (content: string, more: object = {}) =>
  write({ messages: [{ role: 'user', content }], maxTokens: 1000, ...more })

describe('write', () => {
  it('says the same to the same prompt, and something else to another', () => {
    expect(ask('Why is the sky blue?')).toEqual(ask('Why is the sky blue?'))
    expect(ask('Why is the sky blue?').text).not.toEqual(ask('Why is the sea salty?').text)
  })

  it('speaks to the prompt', () => {
    expect(ask('Explain verifiable inference in one paragraph.').text.join('')).toContain(
      'verifiable inference',
    )
  })

  it('stops at the limit, by its own count', () => {
    const written = ask('Why is the sky blue?', { maxTokens: 7 })
    expect([written.text.length, written.finishReason]).toEqual([7, 'length'])
    expect(countTokens(written.text.join(''))).toBe(7)
  })

  it.each(['echo: naïve 三思而後行 🙂', 'echo:   two\n\nlines  '])(
    'gives every character of %j back',
    (prompt) => {
      expect(ask(prompt).text.join('')).toBe(prompt.slice(5).trim())
    },
  )

  it('writes as many words as are asked for', () => {
    expect(ask('words 300 about tides', { maxTokens: 5000 }).text.join('').split(/\s+/)).toHaveLength(300)
  })

  it.each(['prose', 'one line', 'brackets', 'one fence', 'nested lists'])(
    "floods with about a megabyte of %s within the panel's length of an answer",
    (what) => {
      const { text } = ask(`megabyte of ${what}`, { maxTokens: 1024 })
      expect(text).toHaveLength(1_000)
      expect(text.join('').length).toBeGreaterThan(900_000)
    },
  )

  it('calls the first tool, or the one that is forced, and answers when its result is there', () => {
    const tools = ['search', 'weather'].map((name) => ({ type: 'function', function: { name } }))
    const forced = { type: 'function', function: { name: 'weather' } }
    expect(ask('Rain in Oslo', { tools }).toolCalls[0]?.name).toBe('search')
    expect(ask('Rain in Oslo', { tools, toolChoice: forced }).toolCalls[0]?.name).toBe('weather')
    const messages = [
      { role: 'user', content: 'Rain in Oslo' },
      { role: 'tool', content: 'yes' },
    ]
    expect(write({ messages, tools, maxTokens: 50 }).finishReason).not.toBe('tool_calls')
  })

  it('writes JSON where JSON is wanted', () => {
    const written = ask('Rain in Oslo', { responseFormat: { type: 'json_object' } })
    expect(JSON.parse(written.text.join(''))).toHaveProperty('topic', 'Rain Oslo')
  })
})
