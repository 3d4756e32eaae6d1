/** A JSON reader for untrusted text: no duplicate keys, bounded depth and strings, nothing coerced. */

/** Bounds of one document. Source: docs/SECURITY.md, 402 and payment. */
export interface JsonBounds {
  /** Containers inside one another, the outermost counting as 1. */
  readonly maxDepth: number
  /** UTF-8 bytes of one string or key. */
  readonly maxStringBytes: number
}

/** Why a text was refused; `path` points at the place ("accepts.0.amount"). */
export class JsonRefusal extends Error {
  override readonly name = 'JsonRefusal'
  constructor(
    readonly problem:
      | 'syntax'
      | 'duplicate-key'
      | 'too-deep'
      | 'long-string'
      | 'lone-surrogate'
      | 'huge-number',
    readonly path: string,
  ) {
    super(`${problem} at ${path === '' ? 'the root' : path}`)
  }
}

const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LITERALS = [
  ['true', true],
  ['false', false],
  ['null', null],
] as const

/** Reads one JSON document (RFC 8259) within the bounds; throws JsonRefusal. */
export function parseStrictJson(text: string, bounds: JsonBounds): unknown {
  const scanner = new Scanner(text, bounds)
  return scanner.document()
}

class Scanner {
  private at = 0
  private depth = 0
  private readonly path: (string | number)[] = []

  constructor(
    private readonly text: string,
    private readonly bounds: JsonBounds,
  ) {}

  document(): unknown {
    const value = this.value()
    this.space()
    if (this.at !== this.text.length) this.refuse('syntax')
    return value
  }

  private value(): unknown {
    this.space()
    const next = this.text[this.at]
    if (next === '{') return this.object()
    if (next === '[') return this.array()
    if (next === '"') return this.string()
    for (const [word, literal] of LITERALS) {
      if (!this.text.startsWith(word, this.at)) continue
      this.at += word.length
      return literal
    }
    return this.number()
  }

  private object(): Record<string, unknown> {
    const entries = new Map<string, unknown>()
    this.open()
    if (!this.close('}')) {
      do {
        this.space()
        const key = this.string()
        this.path.push(key)
        if (entries.has(key)) this.refuse('duplicate-key')
        this.expect(':')
        entries.set(key, this.value())
        this.path.pop()
      } while (this.more('}'))
    }
    this.depth -= 1
    return Object.fromEntries(entries)
  }

  private array(): unknown[] {
    const items: unknown[] = []
    this.open()
    if (!this.close(']')) {
      do {
        this.path.push(items.length)
        items.push(this.value())
        this.path.pop()
      } while (this.more(']'))
    }
    this.depth -= 1
    return items
  }

  private open(): void {
    this.at += 1
    this.depth += 1
    if (this.depth > this.bounds.maxDepth) this.refuse('too-deep')
  }

  private close(mark: '}' | ']'): boolean {
    this.space()
    if (this.text[this.at] !== mark) return false
    this.at += 1
    return true
  }

  private more(mark: '}' | ']'): boolean {
    if (this.close(mark)) return false
    this.expect(',')
    return true
  }

  private expect(mark: string): void {
    this.space()
    if (this.text[this.at] !== mark) this.refuse('syntax')
    this.at += 1
  }

  private string(): string {
    const start = this.at
    if (this.text[start] !== '"') this.refuse('syntax')
    let end = start + 1
    while (end < this.text.length && this.text[end] !== '"') end += this.text[end] === '\\' ? 2 : 1
    const value = this.unescape(this.text.slice(start, end + 1))
    if (/\p{Surrogate}/u.test(value)) this.refuse('lone-surrogate')
    if (utf8Length(value) > this.bounds.maxStringBytes) this.refuse('long-string')
    this.at = end + 1
    return value
  }

  /** The platform's own reader knows escapes and control characters; a slice that starts with `"` gives a string or throws. */
  private unescape(slice: string): string {
    try {
      return String(JSON.parse(slice))
    } catch {
      return this.refuse('syntax')
    }
  }

  private number(): number {
    NUMBER.lastIndex = this.at
    const match = NUMBER.exec(this.text)
    if (!match) return this.refuse('syntax')
    const value = Number(match[0])
    if (!Number.isFinite(value)) this.refuse('huge-number')
    this.at += match[0].length
    return value
  }

  private space(): void {
    while (/[ \t\n\r]/.test(this.text[this.at] ?? '')) this.at += 1
  }

  private refuse(problem: JsonRefusal['problem']): never {
    throw new JsonRefusal(problem, this.path.join('.'))
  }
}

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length
}
