/** A growing answer as sentences to be read out: whole ones only, without marks, code named instead of spelt. */

/** Characters read out of one turn: some ten minutes of speech. What is beyond is read in the answer itself. */
const MAX_SPOKEN = 10_000
/** Characters from the end of a line in which its last sentence is looked for first. */
const NEAR = 2_000

export interface SentenceReader {
  /** What is new and whole in the answer so far; empty while a sentence is under way. */
  next(text: string): string
  /** The rest, once no more comes. */
  rest(text: string): string
}

/** Starts after what is there already: an answer that was there before is not read out. `code`: said in place of code. */
export function createSentenceReader(startsAt: number, code: string): SentenceReader {
  let at = startsAt
  const take = (text: string, to: number) => {
    const part = text.slice(at, to)
    at = Math.max(at, to)
    return spoken(part, code)
  }
  return {
    next: (text) => take(text, wholeUpTo(text, at)),
    rest: (text) => take(text, text.length),
  }
}

/** The end of the last whole sentence, paragraph or block of code after `from`. Code that is not closed is not whole. */
function wholeUpTo(text: string, from: number): number {
  let end = from
  let inCode = false
  for (let at = from; at < text.length; ) {
    const lineEnd = text.indexOf('\n', at)
    const next = lineEnd < 0 ? text.length : lineEnd + 1
    const line = text.slice(at, next)
    if (/^ {0,3}(?:```|~~~)/.test(line)) {
      inCode = !inCode
      if (!inCode && lineEnd >= 0) end = next
    } else if (!inCode) {
      end = line.trim() === '' && lineEnd >= 0 ? next : Math.max(end, sentenceEnd(line, at))
    }
    at = next
  }
  return end
}

/** The last sentence mostly ends near the end of its line: the whole line is looked through only where it does not. */
function sentenceEnd(line: string, offset: number): number {
  for (const from of [Math.max(0, line.length - NEAR), 0]) {
    const last = [...line.slice(from).matchAll(/[.!?…。！？]["'”’)\]]*(?=\s)/g)].at(-1)
    if (last) return offset + from + last.index + last[0].length
  }
  return 0
}

/** No class runs past what may begin the next match: an answer of brackets alone costs no more than prose. */
function spoken(markdown: string, code: string): string {
  return markdown
    .replace(/^ {0,3}(```|~~~)[\s\S]*?(?:\n {0,3}\1[^\n]*|$(?![\s\S]))/gm, ` ${code} `)
    .slice(0, MAX_SPOKEN)
    .replace(/!?\[([^[\]]{0,500})\]\([^()\n]{0,2000}\)/g, '$1')
    .replace(/^[ \t]*(?:[#>]+|[-*+](?=\s)|\|)[ \t]*/gm, '')
    .replace(/[*_`~|]+/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}
