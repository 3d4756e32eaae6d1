// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest'
import { extractPage, hostOf } from '../../../src/ui/sidepanel/page-context/extract-page.ts'

const sentence = 'A sentence that is long enough to count as the text of an article, and not as a menu. '

function page(html: string, part: object = {}) {
  return {
    kind: 'read',
    title: 'A title',
    url: 'https://example.com/a?b',
    html,
    truncated: false,
    ...part,
  } as const
}

async function textOf(html: string, kind: 'page' | 'selection' = 'selection'): Promise<string | undefined> {
  return (await extractPage(page(html), { id: 'x', kind }))?.text
}

describe('the text of a page', () => {
  it('keeps headings, paragraphs, lists and tables as lines', async () => {
    const html =
      '<h2>Head</h2><p>One\n  two.</p><ul><li>a</li><li>b <b>c</b></li></ul><p>End<br>here</p><table><tr><td>1</td><td>2</td></tr></table>'
    expect(await textOf(html)).toBe('## Head\n\nOne two.\n\n- a\n- b c\n\nEnd\nhere\n\n1 | 2 |')
  })
  it('never has form fields, nor what was typed into them', async () => {
    const html = `<p>Before</p><form><label>Name</label><input value="secret-1"></form><textarea>secret-2</textarea>
      <select><option>secret-3</option></select><div contenteditable>secret-4</div><output>secret-5</output>
      <button>secret-6</button><datalist><option value="secret-7">secret-8</option></datalist><p>After</p>`
    const text = await textOf(html)
    expect(text).toContain('Before')
    expect(text).toContain('After')
    expect(text).not.toMatch(/secret/)
  })
  it('runs and loads nothing', async () => {
    const html = `<p>Text</p><script>globalThis.ran = true</script><img src="x" onerror="globalThis.ran = true">
      <style>p{}</style><noscript>no</noscript><template>no</template>`
    expect(await textOf(html)).toBe('Text')
    expect(globalThis).not.toHaveProperty('ran')
  })
  it('is the article, without what stands around it', async () => {
    const html = `<nav><a href="/a">Menu entry</a></nav><article><h1>Head</h1>${`<p>${sentence.repeat(3)}</p>`.repeat(8)}</article><footer>Imprint</footer>`
    const text = await textOf(html, 'page')
    expect(text).toContain(sentence.trim())
    expect(text).not.toContain('Menu entry')
  })
  it('is everything where there is no article', async () => {
    expect(await textOf('<div>Just a few words.</div>', 'page')).toBe('Just a few words.')
  })
  it('is nothing where nothing is left', async () => {
    expect(await extractPage(page('<input value=x><script>1</script>'), { id: 'x', kind: 'page' })).toBeNull()
  })
  it('is cut at its bound, and says so', async () => {
    const attachment = await extractPage(page(`<p>${'a'.repeat(130_000)}</p>`), {
      id: 'x',
      kind: 'selection',
    })
    expect([attachment?.text.length, attachment?.truncated]).toEqual([120_000, true])
  })
  it('is everything on a page with too many elements to look for the article: it threw there', async () => {
    const html = `<article>${`<p>${sentence}</p>`.repeat(3)}</article>${'<i></i>'.repeat(50_001)}`
    expect(await textOf(html, 'page')).toContain(sentence.trim())
  })
  it('takes any depth of nesting', async () => {
    const deep = 20_000
    expect(await textOf(`${'<div>'.repeat(deep)}down here${'</div>'.repeat(deep)}`)).toBe('down here')
  })
  it('has a title in one line without control characters', async () => {
    const attachment = await extractPage(page('<p>x</p>', { title: ' A\n\u202e title\u0000 ' }), {
      id: 'x',
      kind: 'selection',
    })
    expect(attachment?.title).toBe('A title')
  })
  it('names the host', () => {
    expect(hostOf('https://sub.example.com:8443/x')).toBe('sub.example.com:8443')
    expect(hostOf('nonsense')).toBe('')
  })
})
