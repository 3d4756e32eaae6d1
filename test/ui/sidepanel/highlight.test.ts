import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type HighlightNode, highlightLater, SHOWN } from '../../../src/ui/sidepanel/markdown/highlight.ts'

const css = readFileSync(
  new URL('../../../src/ui/sidepanel/markdown/code-block.css', import.meta.url),
  'utf8',
)

const textOf = (nodes: readonly HighlightNode[]): string =>
  nodes.map((node) => (node.kind === 'text' ? node.text : textOf(node.children))).join('')

const namesOf = (nodes: readonly HighlightNode[]): readonly string[] =>
  nodes.flatMap((node) => (node.kind === 'text' ? [] : [...node.name.split(' '), ...namesOf(node.children)]))

describe('code in colours', () => {
  it('has the classes that the stylesheet colours, and no other', () => {
    expect(new Set(css.match(/hljs-[\w-]+/g))).toEqual(SHOWN)
  })
  it.each([
    ['ts', 'export function cap(a: bigint) {\n  return console.log("x", /y/, 1, null) // why\n}\n'],
    ['html', '<a href="x">&amp;<b>y</b></a>\n'],
    ['python', '@cached\ndef f(x: int) -> str:\n    """Doc."""\n    return f"{x!r}"\n'],
    ['diff', '- old\n+ new\n'],
  ])('loses no character of %s, and has no element that shows nothing', async (lang, code) => {
    const nodes = (await highlightLater(code, lang)) ?? []
    expect(textOf(nodes)).toBe(code)
    const names = namesOf(nodes)
    expect(names.length).toBeGreaterThan(1)
    expect(names.filter((name) => !SHOWN.has(name))).toEqual([])
  })
  it('is none for a language that is not known', async () => {
    expect(await highlightLater('x', 'no-such-language')).toBeNull()
  })
})
