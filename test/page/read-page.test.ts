// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest'
import { readPage } from '../../src/page/bridge/read-page.ts'

beforeEach(() => {
  document.title = 'A page'
  document.body.innerHTML = ''
})

describe('reading a page', () => {
  it('keeps what there is to read, with the attributes that readers need', () => {
    document.body.innerHTML =
      '<main id="m" class="c" onclick="x()" style="color:red" data-token="secret"><h1 lang="de">Titel</h1><p>Text <a href="/x" target="_blank">link</a></p></main>'
    expect(readPage('page')).toMatchObject({
      title: 'A page',
      html: '<main id="m" class="c"><h1 lang="de">Titel</h1><p>Text <a href="/x">link</a></p></main>',
      truncated: false,
    })
  })

  it('never takes form fields or what a person typed', () => {
    document.body.innerHTML = `<form><label>Name</label><input value="Ann"><textarea>draft</textarea>
      <select><option selected>mine</option></select><output>result</output></form>
      <div contenteditable="true">letter</div><div contenteditable>more</div><p value="odd">end</p>`
    const { html } = readPage('page')
    expect(html).not.toMatch(/Ann|draft|mine|result|letter|more|odd/)
    expect(html).toContain('Name')
    expect(html).toContain('end')
  })

  it('leaves out scripts, styles, frames, pictures and what is hidden', () => {
    document.body.innerHTML =
      '<script>s()</script><style>t{}</style><noscript>n</noscript><template><p>u</p></template><object>v</object><svg><text>w</text></svg><p hidden>y</p><p>z</p>'
    expect(readPage('page').html).toBe('<p>z</p>')
  })

  it('does not change the page', () => {
    document.body.innerHTML = '<input value="x"><script>1</script><p style="color:red">a</p>'
    const before = document.body.innerHTML
    readPage('page')
    expect(document.body.innerHTML).toBe(before)
  })

  it('cuts at 1 MiB and says so', () => {
    document.body.innerHTML = `<p>${'a'.repeat(1024 * 1024)}</p>`
    const { html, truncated } = readPage('page')
    expect([html.length, truncated]).toEqual([1024 * 1024, true])
  })

  it('reads the selection alone', () => {
    document.body.innerHTML = '<p>one <b>two</b> three</p>'
    const range = document.createRange()
    const bold = document.querySelector('b')
    if (!bold) throw new Error('no <b>')
    range.selectNode(bold)
    getSelection()?.removeAllRanges()
    getSelection()?.addRange(range)
    expect(readPage('selection').html).toBe('<b>two</b>')
    getSelection()?.removeAllRanges()
    expect(readPage('selection').html).toBe('')
  })
})
