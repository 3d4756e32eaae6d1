/** An answer that grows: by the side panel's own component, and by marked reading all of it again. */
import { marked } from 'marked'
import { render } from 'preact'
import { Markdown } from '../../../src/ui/sidepanel/markdown/markdown.tsx'

/** Tokens between two renderings. */
const FLUSH = 16

export interface Rendering {
  /** Script, style and layout of all renderings, ms. */
  readonly busyMs: number
  /** The longest of them. */
  readonly longestMs: number
}

const root = document.createElement('div')
root.style.width = '360px'
document.body.append(root)

const bench = {
  async ours(tokens: readonly string[]): Promise<Rendering> {
    const timing = await flush(tokens, (text, whole) => render(<Markdown text={text} whole={whole} />, root))
    render(null, root)
    return timing
  },
  async marked(tokens: readonly string[]): Promise<Rendering> {
    const timing = await flush(tokens, (text) => {
      root.innerHTML = marked.parse(text, { async: false })
    })
    root.innerHTML = ''
    return timing
  },
}

async function flush(
  tokens: readonly string[],
  show: (text: string, whole: boolean) => void,
): Promise<Rendering> {
  let text = ''
  let busyMs = 0
  let longestMs = 0
  for (let at = 0; at < tokens.length; at += FLUSH) {
    text += tokens.slice(at, at + FLUSH).join('')
    const start = performance.now()
    show(text, at + FLUSH >= tokens.length)
    // Layout is part of it.
    void root.offsetHeight
    const took = performance.now() - start
    busyMs += took
    longestMs = Math.max(longestMs, took)
    await new Promise((done) => setTimeout(done, 0))
  }
  return { busyMs, longestMs }
}

export type MarkdownBench = typeof bench
Object.assign(window, { markdownBench: bench })

declare global {
  var markdownBench: MarkdownBench
}
