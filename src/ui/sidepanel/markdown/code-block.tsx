import './code-block.css'
import { useEffect, useState } from 'preact/hooks'
import { CopyButton } from '../../components/copy-button.tsx'
import { t } from '../../words.ts'
import type { HighlightNode } from './highlight.ts'
import type { Block } from './markdown-stream.ts'
import { memo } from './memo.ts'

type Code = Omit<Extract<Block, { kind: 'code' }>, 'kind' | 'id'>

/** Longer code is shown in one colour: highlighting it would be a long task. */
const MAX_HIGHLIGHTED = 8_000

/** In code of more pieces than this, those out of sight are not laid out. */
const MANY_PIECES = 12

/** Code with its language and a button that copies it. Highlighted once it is whole, when there is time. */
export function CodeBlock({ code }: { code: Code }) {
  const lang = /^[\w+#.-]{1,30}/.exec(code.lang)?.[0] ?? ''
  const whole = code.closed && code.pieceCount <= MAX_HIGHLIGHTED / 500 ? textOf(code) : ''
  const nodes = useHighlight(whole.length <= MAX_HIGHLIGHTED ? whole : '', lang)
  return (
    <div class="code-block">
      <div class="code-block-head">
        <span>{lang || t('chat.markdown.code')}</span>
        {code.closed && <CopyCode code={code} />}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <pre tabIndex={0} dir="ltr">
        {nodes ? <code>{nodes.map(highlightElement)}</code> : <Pieces code={code} />}
      </pre>
    </div>
  )
}

const CopyCode = memo(({ code }: { code: Code }) => (
  <CopyButton text={() => textOf(code)} label={t('chat.markdown.copyCode')} />
))

function Pieces({ code }: { code: Code }) {
  return (
    <code>
      {code.pieces.slice(0, code.pieceCount).map((text, index) => (
        <Piece key={index} text={text} far={code.pieceCount > MANY_PIECES} />
      ))}
      {code.rest && <span class="code-piece">{code.rest}</span>}
    </code>
  )
}

const Piece = memo(({ text, far }: { text: string; far: boolean }) => (
  <span class={far ? 'code-piece code-piece-far' : 'code-piece'}>{text}</span>
))

function highlightElement(node: HighlightNode, index: number) {
  if (node.kind === 'text') return node.text
  return (
    <span key={index} class={node.name}>
      {node.children.map(highlightElement)}
    </span>
  )
}

function textOf({ pieces, pieceCount, rest }: Code): string {
  return `${pieces.slice(0, pieceCount).join('')}${rest}`.replace(/\n$/, '')
}

/** Null until it is there; an empty text or an unknown language stays null. */
function useHighlight(text: string, lang: string): readonly HighlightNode[] | null {
  const [done, setDone] = useState<{ text: string; nodes: readonly HighlightNode[] } | null>(null)
  useEffect(() => {
    if (text === '' || lang === '') return
    let alive = true
    void import('./highlight.ts').then(async ({ highlightLater }) => {
      const nodes = await highlightLater(text, lang)
      if (alive && nodes) setDone({ text, nodes })
    })
    return () => {
      alive = false
    }
  }, [text, lang])
  return done?.text === text ? done.nodes : null
}
