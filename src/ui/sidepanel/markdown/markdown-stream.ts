/** Markdown that grows: what can change no more is read once; only the last block or two are read again. No DOM in here. */
import type { Token, Tokens } from 'marked'
import { closesFence, type Fence, openFence, withoutIndent } from './fence.ts'
import { keepAlike } from './keep-alike.ts'
import { type Links, lexBlocks } from './lex-blocks.ts'
import { openMathAt } from './math.ts'

/** One block of an answer. A new object whenever it shows something else. */
export type Block =
  | { readonly kind: 'token'; readonly id: number; readonly token: Token }
  | {
      readonly kind: 'code'
      readonly id: number
      readonly lang: string
      /** Whole pieces, in order; only their number grows. */
      readonly pieces: readonly string[]
      readonly pieceCount: number
      /** What comes after the last piece, still growing. */
      readonly rest: string
      readonly closed: boolean
    }

export interface MarkdownStream {
  /** Takes more source. */
  push(text: string): void
  /** No more comes. Reads all once more where a reference was defined after its use. */
  finish(): void
  /** Blocks that change no more. The same array, growing. */
  readonly settled: readonly Block[]
  /** The end, as it looks now. */
  pending(): readonly Block[]
  /** Grows with every change of `settled` other than by more of it. */
  generation(): number
}

/** Source that is read again at every push is kept shorter than this, in characters. */
const MAX_TAIL = 5_000
/** A piece of a code block, in characters: a block of its own for the layout, so that growing code lays out its end only. */
const PIECE = 800
/** A longer line of code is shown in parts. */
const MAX_LINE = 3_000
/** Whole answers longer than this are not read again for late definitions. */
const MAX_REREAD = 60_000

export function createMarkdownStream(): MarkdownStream {
  const settled: Block[] = []
  const links: Links = {}
  let source = ''
  let tail = ''
  let fence: GrowingFence | null = null
  let pending: readonly Block[] = []
  let nextId = 0
  let generation = 0
  let carry = ''
  /** Characters of whole lines at the tail's beginning that settle nothing more by themselves. */
  let linesRead = 0

  function settle(token: Token): void {
    settled.push(pendingBlock(token, nextId))
    nextId++
    learn(token)
  }

  /** The first definition of a reference counts, once it is whole. */
  function learn(token: Token): void {
    if (token.type === 'def') links[token.tag] ??= { href: token.href, title: token.title }
  }

  /** Reads the tail, settles what is sure, and leaves the rest pending. */
  function read(): void {
    for (;;) {
      if (fence) {
        tail = fence.take(tail)
        if (!fence.closed()) {
          pending = [fence.block()]
          return
        }
        settled.push(fence.block())
        fence = null
        nextId++
        linesRead = 0
        continue
      }
      const lines = tail.lastIndexOf('\n') + 1
      if (lines > linesRead && maySettle(tail.slice(0, lines), linesRead)) {
        if (readLines(tail.slice(0, lines))) continue
      } else linesRead = lines
      if (tail.length > MAX_TAIL) {
        cut()
        continue
      }
      pending = lexBlocks(tail, links).map((token, index) => pendingBlock(token, nextId + index))
      return
    }
  }

  /** The block as it was where it says the same. */
  function pendingBlock(token: Token, id: number): Block {
    const before = pending.find((block) => block.id === id)
    if (before?.kind !== 'token') return blockOf(token, id)
    const kept = keepAlike(before.token, token)
    return kept === before.token ? before : blockOf(kept, id)
  }

  /** Settles what whole lines make sure of; true where a fence opened. A line without its end may yet become anything. */
  function readLines(lines: string): boolean {
    const tokens = lexBlocks(lines, links)
    const opened = openFence(tokens.at(-1), lines)
    const limit = openMathAt(lines) ?? lines.length
    const sure = tokens.slice(0, opened ? -1 : countSure(tokens))
    let length = 0
    for (const token of sure) {
      if (length + token.raw.length > limit) break
      length += token.raw.length
      settle(token)
    }
    const partial = tail.slice(lines.length)
    tail = tail.slice(length)
    linesRead = lines.length - length
    if (!opened || lines.length - opened.rest.length > limit) return false
    tail = opened.rest + partial
    fence = growFence(opened, nextId)
    return true
  }

  /** A block too long to be read again and again: its beginning is settled, and what follows starts anew. */
  function cut(): void {
    const at = cutPoint(tail)
    const tokens = lexBlocks(tail.slice(0, at), links)
    for (const token of tokens) settle(token)
    tail = `${tablePrefix(tokens)}${tail.slice(at)}`
    linesRead = 0
  }

  /** In slices, so that a large push costs no more than many small ones. */
  function feed(text: string): void {
    for (let at = 0; at < text.length; at += MAX_TAIL) {
      tail += text.slice(at, at + MAX_TAIL)
      read()
    }
  }

  /** References that were used before they were defined are known by now. */
  function readAgain(): void {
    settled.length = 0
    pending = []
    tail = ''
    linesRead = 0
    fence = null
    nextId = 0
    generation++
    feed(source)
  }

  return {
    settled,
    push(text) {
      const whole = carry + text
      carry = whole.endsWith('\r') ? '\r' : ''
      const kept = carry === '' ? whole : whole.slice(0, -1)
      const clean = kept.replace(/\r\n?/g, '\n').replaceAll('\0', '\ufffd')
      if (source.length <= MAX_REREAD) source += clean
      feed(clean)
    },
    finish() {
      if (carry !== '') feed('\n')
      carry = ''
      for (const block of pending) if (block.kind === 'token') learn(block.token)
      if (Object.keys(links).length > 0 && source.length <= MAX_REREAD) readAgain()
      for (const block of pending) settled.push(closed(block))
      nextId += pending.length
      pending = []
      tail = ''
      fence = null
    },
    pending: () => pending,
    generation: () => generation,
  }
}

/**
 * Whether lines that are new after `from` may make sure of anything: one that opens code, an empty one, or one after an
 * empty one. Lines of one paragraph, list or table leave all of it as open as it was.
 */
function maySettle(lines: string, from: number): boolean {
  SETTLES.lastIndex = Math.max(0, from - 2)
  return SETTLES.test(lines)
}

const SETTLES = /(?:^|\n) {0,3}(?:`{3}|~{3})|\n[ \t]*\n/g

/** How many tokens of whole lines can change no more: all but the last block, which may grow. */
function countSure(tokens: readonly Token[]): number {
  return Math.max(
    0,
    tokens.findLastIndex(({ type }) => type !== 'space'),
  )
}

interface GrowingFence {
  /** Takes what belongs to the code; gives back what comes after it. */
  take(source: string): string
  closed(): boolean
  block(): Block
}

function growFence(fence: Fence & { readonly lang: string }, id: number): GrowingFence {
  const pieces: string[] = []
  let rest = ''
  let isClosed = false
  const addLine = (line: string) => {
    rest += withoutIndent(line, fence)
    if (rest.length >= PIECE) {
      pieces.push(rest)
      rest = ''
    }
  }
  /** A last line without its end: shown, and read again when more of it is there. */
  let partial = ''
  return {
    take(source) {
      let at = 0
      partial = ''
      while (at < source.length) {
        const end = source.indexOf('\n', at)
        const line = end < 0 ? source.slice(at) : source.slice(at, end + 1)
        if (closesFence(line, fence)) {
          if (end < 0) {
            // Perhaps the end of the code, perhaps not yet: not shown until the line is whole.
            return line
          }
          isClosed = true
          return source.slice(end + 1)
        }
        if (end < 0 && line.length < MAX_LINE) {
          partial = withoutIndent(line, fence)
          return line
        }
        addLine(line)
        at += line.length
      }
      return ''
    },
    closed: () => isClosed,
    block: () => ({
      ...{ kind: 'code', id, lang: fence.lang, pieces, pieceCount: pieces.length },
      ...{ rest: rest + partial, closed: isClosed },
    }),
  }
}

function blockOf(token: Token, id: number): Block {
  if (token.type !== 'code') return { kind: 'token', id, token }
  const code: Tokens.Code = { type: 'code', raw: token.raw, text: String(token.text), lang: token.lang ?? '' }
  return { kind: 'code', id, lang: code.lang ?? '', ...inPieces(code.text), closed: true }
}

function inPieces(text: string) {
  const pieces: string[] = []
  let from = 0
  while (text.length - from > PIECE) {
    const line = text.indexOf('\n', from + PIECE)
    const to = line < 0 ? text.length : line + 1
    pieces.push(text.slice(from, to))
    from = to
  }
  return { pieces, pieceCount: pieces.length, rest: text.slice(from) }
}

function closed(block: Block): Block {
  return block.kind === 'code' ? { ...block, closed: true } : block
}

/** Before an item of a list, else at a line's end, else at a space, near the limit. */
function cutPoint(source: string): number {
  const head = source.slice(0, MAX_TAIL)
  const items = [...head.matchAll(/\n(?=(?:[-+*]|\d{1,9}[.)])[ \t])/g)]
  const points = [items.at(-1)?.index, head.lastIndexOf('\n'), head.lastIndexOf(' ')]
  const found = points.find((point) => point !== undefined && point > MAX_TAIL / 4)
  return found === undefined ? MAX_TAIL : found + 1
}

/** A long table goes on under its own head. */
function tablePrefix(tokens: readonly Token[]): string {
  const last = tokens.findLast(({ type }) => type !== 'space')
  if (last?.type !== 'table') return ''
  const [head = '', rule = ''] = last.raw.split('\n', 2)
  return `${head}\n${rule}\n`
}
