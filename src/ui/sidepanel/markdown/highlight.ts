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
  const turn = queue.then(idle).then(() => nodesOf(lowlight.highlight(name, text).children))
  queue = turn.catch(() => undefined)
  return turn
}

/** Classes that `code-block.css` has a colour for, and what only lies around those. Others would be elements that show nothing. */
export const SHOWN: ReadonlySet<string> = new Set(
  `addition attr attribute built_in bullet comment deletion doctag emphasis keyword link literal meta name number quote
  regexp section selector-class selector-id selector-tag string strong symbol template-variable title type variable`
    .split(/\s+/)
    .map((name) => `hljs-${name}`),
)

function nodesOf(trees: readonly Tree[]): readonly HighlightNode[] {
  const nodes: HighlightNode[] = []
  for (const one of trees.flatMap(node)) {
    const last = nodes.at(-1)
    if (one.kind === 'text' && last?.kind === 'text') {
      nodes[nodes.length - 1] = { kind: 'text', text: last.text + one.text }
    } else nodes.push(one)
  }
  return nodes
}

function node(tree: Tree): readonly HighlightNode[] {
  if (tree.type === 'text') return [{ kind: 'text', text: tree.value }]
  if (tree.type !== 'element') return []
  const { className } = tree.properties
  const names = Array.isArray(className) ? className.filter((name) => SHOWN.has(String(name))) : []
  const children = nodesOf(tree.children)
  return names.length === 0 ? children : [{ kind: 'span', name: names.join(' '), children }]
}

function idle(): Promise<void> {
  return new Promise((resolve) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => resolve(), { timeout: 1000 })
    else setTimeout(resolve, 0)
  })
}
