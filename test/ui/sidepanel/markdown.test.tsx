// @vitest-environment happy-dom
import '../install-words.ts'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Markdown } from '../../../src/ui/sidepanel/markdown/markdown.tsx'

let root: HTMLDivElement
beforeEach(() => {
  root = document.createElement('div')
  document.body.append(root)
})
afterEach(() => {
  render(null, root)
  root.remove()
})

async function show(text: string, whole = true): Promise<void> {
  await act(() => render(<Markdown text={text} whole={whole} />, root))
}

const texts = (selector: string) => [...root.querySelectorAll(selector)].map(({ textContent }) => textContent)

describe('an answer in markdown', () => {
  it('has headings below those of the page', async () => {
    await show('# One\n\n## Two\n\n### Three\n\n###### Six')
    expect([texts('h3'), texts('h4'), texts('h5'), texts('h6')]).toEqual([
      ['One'],
      ['Two'],
      ['Three'],
      ['Six'],
    ])
    expect(root.querySelector('h1, h2')).toBeNull()
  })
  it('has lists, tables, quotes and emphasis', async () => {
    await show('- a\n- **b**\n\n3. c\n\n> q\n\n| x | y |\n|--:|---|\n| 1 | *2* |\n\n~~gone~~')
    expect(texts('ul > li')).toEqual(['a', 'b'])
    expect(root.querySelector('ol')?.getAttribute('start')).toBe('3')
    expect(texts('blockquote')).toEqual(['q'])
    expect([texts('th'), texts('td')]).toEqual([
      ['x', 'y'],
      ['1', '2'],
    ])
    expect(root.querySelector('td')?.className).toBe('md-right')
    expect(texts('del')).toEqual(['gone'])
  })
  it('shows where a link leads, in ASCII, and opens it in a tab that learns nothing', async () => {
    await show('[Apple](https://аррӏе.com/x)')
    const link = root.querySelector('a')
    expect(link?.textContent).toBe('Apple (xn--80ak6aa92e.com)')
    expect([link?.target, link?.rel]).toEqual(['_blank', 'noreferrer noopener'])
  })
  it('finds its own direction where a word of it runs from right to left, and has the direction of the page elsewhere', async () => {
    await show('Plain\n\n> שלום\n>\n> - one\n\n&#1488;')
    expect(
      [...root.querySelectorAll('p, blockquote, li')].map((element) => element.getAttribute('dir')),
    ).toEqual([null, 'auto', 'auto', 'auto', 'auto'])
  })
  it('finds its own direction everywhere on a page that runs from right to left', async () => {
    document.documentElement.dir = 'rtl'
    await show('Plain')
    expect(root.querySelector('p')?.getAttribute('dir')).toBe('auto')
    document.documentElement.dir = ''
  })
  it('shows images as text with a link to click', async () => {
    await show('![a cat](https://example.com/cat.png)')
    expect(root.querySelector('img')).toBeNull()
    expect(root.textContent).toBe('Image: a cat (example.com)')
  })
  it('shows HTML as it was written', async () => {
    await show('A <b>bold</b> claim\n\n<script>alert(1)</script>')
    expect(root.textContent).toContain('A <b>bold</b> claim')
    expect(root.textContent).toContain('<script>alert(1)</script>')
  })
  it('leaves formulas as text, and prices alone', async () => {
    await show('$a_1 * b_2 * c$ and \\(x_1\\) cost $5 and $10.\n\n$$\n\\sum_{i} x_i\n$$')
    expect(texts('.md-math')).toEqual(['$a_1 * b_2 * c$', '\\(x_1\\)', '$$\n\\sum_{i} x_i\n$$'])
    expect(root.querySelector('em')).toBeNull()
    expect(root.textContent).toContain('cost $5 and $10.')
  })
  it('decodes character references in text and leaves them in code', async () => {
    await show('&lt;b&gt; &amp; &#169; &nosuch; `&lt;`')
    expect(root.querySelector('p')?.textContent).toBe('<b> & © &nosuch; &lt;')
  })
  it('marks tasks', async () => {
    await show('- [x] done\n- [ ] open')
    expect(texts('li')).toEqual(['☑ done', '☐ open'])
  })
  it('copies the code of a block exactly', async () => {
    const writeText = vi.fn(async () => undefined)
    vi.stubGlobal('navigator', { clipboard: { writeText } })
    await show('```js\nif (a < b) {\n  return "x"\n}\n```')
    await act(() => root.querySelector<HTMLButtonElement>('.code-block button')?.click())
    expect(writeText).toHaveBeenCalledWith('if (a < b) {\n  return "x"\n}')
    vi.unstubAllGlobals()
  })
  it('keeps the elements of what is settled while more comes', async () => {
    await show('First.\n\nSecond.\n\nThird', false)
    const first = root.querySelector('p')
    const nodes = [...root.querySelectorAll('p')]
    for (let round = 1; round < 40; round++)
      await show(`First.\n\nSecond.\n\nThird${' more'.repeat(round)}`, false)
    expect(root.querySelector('p')).toBe(first)
    expect([...root.querySelectorAll('p')].slice(0, 2)).toEqual(nodes.slice(0, 2))
    expect(texts('p').at(-1)).toBe(`Third${' more'.repeat(39)}`)
  })
  it('starts anew for another text', async () => {
    await show('One.')
    await show('Another.')
    expect(root.textContent).toBe('Another.')
  })
  it('shows all of a long answer, in more than one task', async () => {
    const text = Array.from({ length: 2_000 }, (_, index) => `Paragraph ${index} of the answer.`).join('\n\n')
    await show(text)
    expect(texts('p').length).toBeLessThan(2_000)
    await vi.waitFor(() => expect(texts('p')).toHaveLength(2_000), { timeout: 20_000 })
    expect(texts('p').at(-1)).toBe('Paragraph 1999 of the answer.')
  })
})
