import { describe, expect, it } from 'vitest'
import { createSentenceReader } from '../../../src/ui/sidepanel/conversation/sentences.ts'

/** Everything that is said when the text grows by `step` characters. */
function said(text: string, step: number): readonly string[] {
  const reader = createSentenceReader(0, 'CODE')
  const all: string[] = []
  for (let to = step; to < text.length + step; to += step) all.push(reader.next(text.slice(0, to)))
  all.push(reader.rest(text))
  return all.filter((line) => line !== '')
}

describe('reading an answer out', () => {
  it('says whole sentences only', () => {
    const reader = createSentenceReader(0, 'CODE')
    expect(reader.next('This is one. And th')).toBe('This is one.')
    expect(reader.next('This is one. And this is another')).toBe('')
    expect(reader.next('This is one. And this is another! Now')).toBe('And this is another!')
    expect(reader.rest('This is one. And this is another! Now it ends')).toBe('Now it ends')
  })
  it('says nothing twice and leaves nothing out, however the text comes', () => {
    const text = '# Title\n\nOne *sentence*. Two!\n\n- an item\n- another\n\nThe [end](https://example.com).'
    const words = 'Title One sentence. Two! an item another The end.'
    for (let step = 1; step < 40; step++) expect(said(text, step).join(' '), `step ${step}`).toBe(words)
  })
  it('names code instead of spelling it, and waits for its end', () => {
    const text = 'Run this. \n\n```js\nfoo. bar()\n```\n\nThat is it. '
    for (let step = 1; step < 30; step++) {
      expect(said(text, step).join(' '), `step ${step}`).toBe('Run this. CODE That is it.')
    }
  })
  it('starts after what was there already', () => {
    const reader = createSentenceReader('Old news. '.length, 'CODE')
    expect(reader.next('Old news. Fresh news. ')).toBe('Fresh news.')
  })
})

describe('a hostile answer', () => {
  const MEGABYTE = 1_000_000
  it.each([
    ['[', ''],
    ['![', ''],
    ['[a](', ''],
    ['```\n', ''],
    ['. ', ''],
    ['.)', ''],
    [' ', '['],
    ['> ', ''],
    ['|', ''],
    ['*_', ''],
    ['\n', ''],
  ])(
    'of a megabyte of %j freezes nothing: links were looked for from every bracket to the end',
    (part, before) => {
      const text = before + part.repeat(MEGABYTE / part.length)
      const reader = createSentenceReader(0, 'CODE')
      const startedMs = performance.now()
      const words = reader.next(text).length + reader.rest(text).length
      expect(performance.now() - startedMs).toBeLessThan(500)
      expect(words).toBeLessThanOrEqual(20_000)
    },
  )
  it('is read out up to a bound in one turn, code counted as the word for it', () => {
    const long = `${'word '.repeat(5_000)}\n\n`
    expect(createSentenceReader(0, 'CODE').rest(long).length).toBeLessThanOrEqual(10_000)
    const code = `\`\`\`\n${'x\n'.repeat(20_000)}\`\`\`\n\nThe end.`
    expect(createSentenceReader(0, 'CODE').rest(code)).toBe('CODE The end.')
  })
})
