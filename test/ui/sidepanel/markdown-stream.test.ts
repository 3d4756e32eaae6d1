import type { Token } from 'marked'
import { describe, expect, it } from 'vitest'
import { type Links, lexBlocks } from '../../../src/ui/sidepanel/markdown/lex-blocks.ts'
import { type Block, createMarkdownStream } from '../../../src/ui/sidepanel/markdown/markdown-stream.ts'

/** Lines that answers are made of; what they become depends on their neighbours. */
const LINES = [
  ...[
    '# Title',
    'Some *words* and `code`.',
    'More **words** here',
    '- an item',
    '- another',
    '  - a nested one',
  ],
  ...[
    '1. first',
    '2. second',
    '   continued',
    '> a quote',
    '> more of it',
    '```js',
    '```',
    'const a = 1',
    '~~~',
  ],
  ...['    indented', '| a | b |', '|---|:-:|', '| 1 | 2 |', '---', '<div>html</div>', '<b>inline</b> html'],
  ...[
    '',
    '',
    '',
    '[ref]: https://example.com/ref',
    'See [ref] there.',
    '![image](https://example.com/i.png)',
  ],
  ...['$x_1 + y_2$ is math', '- [ ] a task', '* star', 'A line with a break  ', '## Second', '10'],
]

/** A generator of the same numbers each time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** What a token shows, without what differs by the way it was read. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown)
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key]) => !['raw', 'escaped', 'codeBlockStyle'].includes(key))
  const entries = kept.filter(
    ([key]) => !('type' in value && value.type !== 'text' && key === 'text' && 'tokens' in value),
  )
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, shown(inner)]),
  )
}

function asBlock(token: Token): unknown {
  if (token.type !== 'code') return shown(token)
  return { code: String(token.text).replace(/\n$/, ''), lang: String(token.lang ?? '').trim() }
}

function fromBlock(block: Block): unknown {
  if (block.kind === 'token') return shown(block.token)
  const text = block.pieces.slice(0, block.pieceCount).join('') + block.rest
  return { code: text.replace(/\n$/, ''), lang: block.lang.trim() }
}

const visible = (type: string) => type !== 'space' && type !== 'def'

function atOnce(source: string): readonly unknown[] {
  const links: Links = {}
  for (const token of lexBlocks(source, {})) {
    if (token.type === 'def') links[token.tag] ??= { href: token.href, title: token.title }
  }
  return lexBlocks(source, links)
    .filter(({ type }) => visible(type))
    .map(asBlock)
}

function streamed(pieces: readonly string[]): readonly unknown[] {
  const stream = createMarkdownStream()
  for (const piece of pieces) stream.push(piece)
  stream.finish()
  return stream.settled.filter((block) => block.kind === 'code' || visible(block.token.type)).map(fromBlock)
}

function split(source: string, next: () => number): readonly string[] {
  const pieces: string[] = []
  for (let at = 0; at < source.length; ) {
    const length = 1 + Math.floor(next() * 6)
    pieces.push(source.slice(at, at + length))
    at += length
  }
  return pieces
}

describe('markdown that grows', () => {
  it('becomes the same, however it comes, as when it is read at once', () => {
    const next = numbers(402)
    for (let round = 0; round < 3000; round++) {
      const lines = Array.from(
        { length: 1 + Math.floor(next() * 10) },
        () => LINES[Math.floor(next() * LINES.length)],
      )
      const source = lines.join('\n') + (next() < 0.5 ? '\n' : '')
      expect(streamed(split(source, next)), JSON.stringify(source)).toEqual(atOnce(source))
    }
  })

  it('keeps what is settled as it is: the same objects after every push', () => {
    const stream = createMarkdownStream()
    stream.push('First.\n\nSecond.\n\nThird')
    const before = [...stream.settled]
    expect(before.length).toBeGreaterThan(0)
    for (let round = 0; round < 200; round++) stream.push(' and more.\n\nAnother')
    expect(stream.settled.slice(0, before.length)).toEqual(before)
    expect(stream.settled.every((block, index) => index >= before.length || block === before[index])).toBe(
      true,
    )
  })

  it('grows code piece by piece, without reading it again', () => {
    const stream = createMarkdownStream()
    stream.push('```ts\n')
    const line = `const value = ${'1'.repeat(80)}\n`
    for (let round = 0; round < 400; round++) stream.push(line)
    const [block] = stream.pending()
    if (block?.kind !== 'code') throw new Error('no code')
    expect(block.pieceCount).toBeGreaterThan(10)
    expect(block.rest.length).toBeLessThan(4000)
    expect(block.pieces.slice(0, block.pieceCount).join('') + block.rest).toBe(line.repeat(400))
  })

  it('resolves a reference that is defined after its use', () => {
    const stream = createMarkdownStream()
    stream.push('See [this][r].\n\nMore.\n\n[r]: https://example.com/x\n')
    stream.finish()
    expect(JSON.stringify(stream.settled)).toContain('https://example.com/x')
    expect(stream.generation()).toBe(1)
  })

  it('takes line ends of every kind, and a carriage return at the end of a piece', () => {
    expect(streamed(['a\r', '\nb\r\n\r\nc\rd'])).toEqual(atOnce('a\nb\n\nc\nd'))
  })

  it.each([
    ['quotes', '> '.repeat(20_000)],
    ['lists', '- '.repeat(20_000)],
    ['numbers', '1. '.repeat(20_000)],
    ['brackets', '['.repeat(20_000)],
    ['images', '!['.repeat(20_000)],
    ['emphasis', '*_a'.repeat(20_000)],
    ['indentation', Array.from({ length: 600 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n')],
    ['one word', 'a'.repeat(100_000)],
    ['one table', `|a|b|\n|-|-|\n${'|1|2|\n'.repeat(5_000)}`],
    ['one list', '- an item of the list\n'.repeat(5_000)],
    ['an open comment', `<!-- ${'text\n\n'.repeat(5_000)}`],
    ['dollars', '$'.repeat(20_000)],
  ])('keeps every character of %s, and never more than a little that is read again', (_name, source) => {
    const stream = createMarkdownStream()
    let longest = 0
    for (let at = 0; at < source.length; at += 997) {
      stream.push(source.slice(at, at + 997))
      const unsettled = stream.pending().map((block) => (block.kind === 'token' ? block.token.raw.length : 0))
      longest = Math.max(longest, ...unsettled)
    }
    stream.finish()
    expect(longest).toBeLessThan(8_000)
    const letters = (text: string) => text.replace(/[^a-z0-9]/g, '')
    const raw = stream.settled
      .map((block) => (block.kind === 'token' ? block.token.raw : block.rest))
      .join('')
    // A long table repeats its head; nothing else is said twice, and nothing is lost.
    if (_name !== 'one table') expect(letters(raw)).toBe(letters(source))
    else expect(raw.match(/\|1\|2\|/g)).toHaveLength(5_000)
  })
})
