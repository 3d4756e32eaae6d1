/** Code in colours: lowlight's trees, made one block at a time while nothing else is to be done. Loaded with the first code. */
import { common, createLowlight } from 'lowlight'

export type HighlightNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'span'; readonly name: string; readonly children: readonly HighlightNode[] }

type Trees = ReturnType<ReturnType<typeof createLowlight>['highlight']>
type Tree = Trees['children'][number]

const lowlight = createLowlight(common)
let queue: Promise<unknown> = Promise.resolve()

/** Null for a language that is not known. One block after the other, each in a task of its own. */
export function highlightLater(text: string, lang: string): Promise<readonly HighlightNode[] | null> {
  const name = lang.toLowerCase()
  if (!lowlight.registered(name)) return Promise.resolve(null)
  const turn = queue.then(idle).then(() => lowlight.highlight(name, text).children.flatMap(node))
  queue = turn.catch(() => undefined)
  return turn
}

function node(tree: Tree): readonly HighlightNode[] {
  if (tree.type === 'text') return [{ kind: 'text', text: tree.value }]
  if (tree.type !== 'element') return []
  const names = tree.properties.className
  const name = Array.isArray(names) ? names.filter((part) => /^[\w-]+$/.test(String(part))).join(' ') : ''
  return [{ kind: 'span', name, children: tree.children.flatMap(node) }]
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 1000 })
    else setTimeout(resolve, 0)
  })
}
