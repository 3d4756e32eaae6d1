/** Markdown source to tokens, by marked's lexer, with bounds on what hostile text can cost. */
import { Lexer, Marked, type Token, type TokensList } from 'marked'
import { MATH_EXTENSIONS } from './math.ts'

/** Containers (quotes, lists) one inside the other on one line. */
const MAX_MARKERS = 12
/** Columns of indentation: lists deeper than that are a trap. */
const MAX_INDENT = 64
/** Characters, and emphasis marks and brackets, in one run of text. Beyond them it stays as it is written. */
const MAX_RUN = 12_000
const MAX_MARKS = 240

const options = new Marked({ gfm: true, breaks: false, extensions: MATH_EXTENSIONS }).defaults

export type Links = TokensList['links']

/** Top-level tokens with everything inside them. What is too deep becomes one paragraph of plain text. Never throws. */
export function lexBlocks(source: string, links: Readonly<Links>): readonly Token[] {
  if (isTooDeep(source)) return [plainParagraph(source)]
  const lexer = new Lexer(options)
  Object.assign(lexer.tokens.links, links)
  try {
    lexer.blockTokens(source, lexer.tokens)
    for (const { src, tokens } of lexer.inlineQueue) {
      if (isTooDense(src)) tokens.push({ type: 'text', raw: src, text: src })
      else lexer.inlineTokens(src, tokens)
    }
  } catch {
    // marked gives up on what it cannot read (its stack, its own loop guard): shown as it was written.
    return [plainParagraph(source)]
  }
  return lexer.tokens
}

function plainParagraph(source: string): Token {
  return {
    type: 'paragraph',
    raw: source,
    text: source,
    tokens: [{ type: 'text', raw: source, text: source }],
  }
}

const DEEP_LINE = new RegExp(
  `^(?:[ \\t]{${MAX_INDENT},}(?:[-+*>]|\\d{1,9}[.)])|(?:[ \\t]*(?:>|[-+*][ \\t]|\\d{1,9}[.)][ \\t])){${MAX_MARKERS},})`,
  'm',
)

function isTooDeep(source: string): boolean {
  return DEEP_LINE.test(source)
}

/** marked looks for the end of each mark through the whole run: many of them cost their square. */
function isTooDense(run: string): boolean {
  if (run.length > MAX_RUN) return true
  if (run.length < MAX_MARKS) return false
  let marks = 0
  let alike = 0
  for (let at = 0; at < run.length; at++) {
    const code = run.charCodeAt(at)
    if (!isMark(code)) continue
    alike = code === run.charCodeAt(at - 1) ? alike + 1 : 0
    // Up to three of a kind make one mark.
    if (alike === 0 || alike > 2) marks++
  }
  return marks > MAX_MARKS
}

/** One of * _ ~ [ ] ` < ! \ ( $ */
function isMark(code: number): boolean {
  switch (code) {
    case 0x2a:
    case 0x5f:
    case 0x7e:
    case 0x5b:
    case 0x5d:
    case 0x60:
    case 0x3c:
    case 0x5c:
    case 0x28:
    case 0x24:
      return true
    default:
      return false
  }
}
