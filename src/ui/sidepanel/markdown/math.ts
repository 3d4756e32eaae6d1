/** Formulas stay text: marked must not take their underscores and backslashes for emphasis and escapes. */
import type { TokenizerAndRendererExtension } from 'marked'

export interface MathToken {
  readonly type: 'math'
  readonly raw: string
  readonly text: string
  readonly block: boolean
}

/** Bounded, so that an opening without its end costs little. */
const BLOCK =
  /^ {0,3}(?:\$\$(?:(?!\n[ \t]*\n)[^$]){1,2000}?\$\$|\\\[(?:(?!\n[ \t]*\n)[\s\S]){1,2000}?\\\])[ \t]*(?:\n|$)/
const BLOCK_START = /\n {0,3}(?:\$\$|\\\[)/
const PAIRED =
  /^(?:\$\$[^$]{1,1000}?\$\$|\\\((?:(?!\n[ \t]*\n)[\s\S]){1,1000}?\\\)|\\\[(?:(?!\n[ \t]*\n)[\s\S]){1,1000}?\\\])/
/** One dollar: nothing white inside its ends, no digit after it, so that prices are not formulas. */
const SINGLE = /^\$(?![\s$])(?:\\.|[^\\$\n]){1,500}?(?<![\s\\])\$(?![\d$])/

/** For marked's options. */
export const MATH_EXTENSIONS: TokenizerAndRendererExtension[] = [
  {
    name: 'math',
    level: 'block',
    start: (source) => positionOf(BLOCK_START.exec(source)),
    tokenizer: (source) => token(BLOCK.exec(source)?.[0], true),
  },
  {
    name: 'math',
    level: 'inline',
    start: (source) => positionOf(/\$|\\[([]/.exec(source)),
    tokenizer: (source) => token((PAIRED.exec(source) ?? SINGLE.exec(source))?.[0], false),
  },
]

/** Where a formula of several lines begins whose end has not come yet; undefined where there is none. */
export function openMathAt(source: string): number | undefined {
  const paragraph =
    source
      .slice(Math.max(0, source.length - 2000))
      .split(/\n[ \t]*\n/)
      .at(-1) ?? ''
  const start = source.length - paragraph.length
  const opening = /(?:^|\n) {0,3}(\$\$|\\\[)/.exec(paragraph)
  if (!opening) return undefined
  const after = paragraph.slice(opening.index + opening[0].length)
  return after.includes(opening[1] === '$$' ? '$$' : '\\]') ? undefined : start + opening.index
}

function positionOf(match: RegExpExecArray | null): number | undefined {
  return match?.index
}

function token(raw: string | undefined, block: boolean): MathToken | undefined {
  return raw === undefined ? undefined : { type: 'math', raw, text: raw.trim(), block }
}
