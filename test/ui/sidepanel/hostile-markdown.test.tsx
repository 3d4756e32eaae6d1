// @vitest-environment happy-dom
import '../install-words.ts'
import { render } from 'preact'
import { act } from 'preact/test-utils'
import { afterEach, describe, expect, it } from 'vitest'
import { Markdown } from '../../../src/ui/sidepanel/markdown/markdown.tsx'
import { forbiddenIn } from './allowed-elements.ts'
import { HOSTILE_PAYLOADS } from './hostile-payloads.ts'

const violations = (element: Element) => forbiddenIn([element])

let root: HTMLDivElement

async function show(text: string, whole: boolean): Promise<void> {
  await act(() => render(<Markdown text={text} whole={whole} />, root))
}

afterEach(() => {
  render(null, root)
  root.remove()
})

describe('hostile output', () => {
  it('comes in at least 150 forms', () => {
    root = document.createElement('div')
    expect(new Set(HOSTILE_PAYLOADS.map(([, payload]) => payload)).size).toBeGreaterThanOrEqual(150)
  })

  it.each(HOSTILE_PAYLOADS)('%s %j stays data, wherever it is split', async (_kind, payload) => {
    root = document.createElement('div')
    document.body.append(root)
    const text = `Before.\n\n${payload}\n\nAfter.`
    const at = 'Before.\n\n'.length
    for (let split = at; split <= at + payload.length; split++) {
      render(null, root)
      await show(text.slice(0, split), false)
      expect(violations(root), `up to ${split}`).toEqual([])
      await show(text, false)
      expect(violations(root), `split at ${split}`).toEqual([])
      await show(text, true)
      expect(violations(root), `whole after ${split}`).toEqual([])
    }
    expect(root.textContent).toContain('Before.')
  })

  it.each(HOSTILE_PAYLOADS)('%s %j stays data, character by character, alone', async (_kind, payload) => {
    root = document.createElement('div')
    document.body.append(root)
    for (let to = 1; to <= payload.length; to++) {
      await show(payload.slice(0, to), false)
      expect(violations(root)).toEqual([])
    }
    await show(payload, true)
    expect(violations(root)).toEqual([])
  })
})

describe('the check itself', () => {
  it.each([
    ['<script></script>', 'script'],
    ['<img src="x">', 'img'],
    ['<p onclick="x">', 'p[onclick]'],
    ['<a href="javascript:x">', 'a to javascript:x'],
    ['<p style="color:red">', 'p[style]'],
    ['<svg></svg>', 'svg'],
  ])('sees %s', (html, seen) => {
    root = document.createElement('div')
    root.innerHTML = html
    expect(violations(root)).toContain(seen)
  })
})
