/** An answer that grows: by the side panel's own component, and by marked reading all of it again. */
import '../../../src/ui/styles/base.css'
import { marked } from 'marked'
import { render } from 'preact'
import { Markdown } from '../../../src/ui/sidepanel/markdown/markdown.tsx'

export interface Rendering {
  /** Script, style and layout of all renderings, and of what was put off until the page is idle, ms. */
  readonly busyMs: number
  /** The longest of the renderings. */
  readonly longestMs: number
}

const root = document.createElement('div')
root.style.width = '360px'
document.body.append(root)

const idle = watchIdle()

/** `every`: tokens between two renderings. */
const bench = {
  async ours(tokens: readonly string[], every: number): Promise<Rendering> {
    idle.reset()
    const timing = await flush(tokens, every, (text, whole) =>
      render(<Markdown text={text} whole={whole} />, root),
    )
    await idle.over()
    const coloured = root.querySelectorAll('.code-block .hljs-keyword').length
    if (coloured === 0) throw new Error('no code was put into colours')
    render(null, root)
    return { ...timing, busyMs: timing.busyMs + idle.busyMs() }
  },
  async marked(tokens: readonly string[], every: number): Promise<Rendering> {
    // In the same styles.
    root.innerHTML = '<div class="markdown"></div>'
    const answer = root.firstElementChild as HTMLElement
    const timing = await flush(tokens, every, (text) => {
      answer.innerHTML = marked.parse(text, { async: false })
    })
    root.innerHTML = ''
    return timing
  },
}

/** Code is put into colours when the page is idle: the time from such a turn's beginning to its layout. */
function watchIdle() {
  const later = globalThis.requestIdleCallback
  let waiting = 0
  let busyMs = 0
  globalThis.requestIdleCallback = (work, options) => {
    waiting += 1
    return later((deadline) => {
      const start = performance.now()
      work(deadline)
      // What it set off runs before the next task does.
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => {
        void root.offsetHeight
        busyMs += performance.now() - start
        waiting -= 1
        port1.close()
      }
      port2.postMessage(null)
    }, options)
  }
  return {
    busyMs: () => busyMs,
    reset() {
      busyMs = 0
    },
    /** Nothing waits any more, and nothing more was asked for in the meantime. */
    async over(): Promise<void> {
      for (let quiet = 0; quiet < 3; quiet = waiting === 0 ? quiet + 1 : 0)
        await new Promise((done) => setTimeout(done, 10))
    },
  }
}

async function flush(
  tokens: readonly string[],
  every: number,
  show: (text: string, whole: boolean) => void,
): Promise<Rendering> {
  let text = ''
  let busyMs = 0
  let longestMs = 0
  for (let at = 0; at < tokens.length; at += every) {
    text += tokens.slice(at, at + every).join('')
    const start = performance.now()
    show(text, at + every >= tokens.length)
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
