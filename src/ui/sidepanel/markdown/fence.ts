/** Fenced code at the top level, as CommonMark 4.5 has it. */
import type { Token } from 'marked'

export interface Fence {
  readonly mark: '`' | '~'
  readonly length: number
  /** Columns before the opening; as many are taken off each line. */
  readonly indent: number
}

const OPENING = /^( {0,3})(`{3,}|~{3,})([^\n]*)\n/

/** The last token as a fence whose opening line is whole and whose end has not come; null for anything else. */
export function openFence(
  token: Token | undefined,
  source: string,
): (Fence & { readonly lang: string; readonly rest: string }) | null {
  if (token?.type !== 'code' || token.codeBlockStyle === 'indented') return null
  const match = OPENING.exec(token.raw)
  if (!match || !source.endsWith(token.raw)) return null
  const [opening, spaces = '', marks = '', info = ''] = match
  const fence: Fence = {
    mark: marks.startsWith('`') ? '`' : '~',
    length: marks.length,
    indent: spaces.length,
  }
  const rest = token.raw.slice(opening.length)
  const lines = rest.split('\n')
  // A last line without its end may yet become another one.
  if (lines.slice(0, -1).some((line) => closesFence(line, fence))) return null
  return { ...fence, lang: info.trim(), rest }
}

/** Whether a line ends the code: at least as many of the same mark, and nothing else. */
export function closesFence(line: string, { mark, length }: Fence): boolean {
  const match = /^ {0,3}(`{3,}|~{3,})[ \t]*\n?$/.exec(line)
  const marks = match?.[1] ?? ''
  return marks.startsWith(mark) && marks.length >= length
}

/** Takes the opening's indentation off a line. */
export function withoutIndent(line: string, { indent }: Fence): string {
  let at = 0
  while (at < indent && line[at] === ' ') at++
  return line.slice(at)
}
