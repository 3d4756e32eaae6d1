/** One block of an answer as elements: a fixed set of them, nothing remote, no HTML. */
import type { Token, Tokens } from 'marked'
import type { ComponentChildren } from 'preact'
import { type BlockDirection, blockDirection } from './block-direction.ts'
import { CodeBlock } from './code-block.tsx'
import { inlineChildren } from './inline.tsx'
import type { Block } from './markdown-stream.ts'
import { memo } from './memo.ts'

/** Lists and quotes one inside the other beyond this are shown as written. */
const MAX_DEPTH = 16

/** Longer blocks are not laid out while they are out of sight, in characters of source. */
const LARGE = 2_000

/** Rendered again only when the block is another object. */
export const BlockElement = memo(({ block }: { block: Block }): ComponentChildren => {
  if (block.kind === 'code') return <CodeBlock code={block} />
  const dir = blockDirection(block.token.raw, document.documentElement.dir)
  const element = blockElement(block.token, { depth: 0, dir })
  return block.token.raw.length > LARGE ? <div class="md-large">{element}</div> : element
})

interface Place {
  readonly depth: number
  readonly dir: BlockDirection
}

function blockElement(token: Token, place: Place): ComponentChildren {
  const { depth, dir } = place
  if (depth > MAX_DEPTH) return <p dir={dir}>{token.raw}</p>
  if (isList(token)) return listElement(token, place)
  if (isTable(token)) return tableElement(token, dir)
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'hr':
      return <hr />
    case 'heading':
      return headingElement(token.depth, token.tokens, dir)
    case 'paragraph':
      return <p dir={dir}>{inlineChildren(token.tokens)}</p>
    case 'text':
      return inlineChildren(token.tokens ?? [token])
    case 'blockquote':
      return <blockquote dir={dir}>{blockElements(token.tokens ?? [], { depth: depth + 1, dir })}</blockquote>
    case 'code':
      return <CodeBlock code={{ lang: token.lang ?? '', ...ONE_PIECE, rest: token.text }} />
    case 'math':
      return (
        <p class="md-math" dir="ltr">
          {token.text}
        </p>
      )
    case 'checkbox':
      return inlineChildren([token])
    default:
      return (
        <p class="md-raw" dir={dir}>
          {token.raw.trim()}
        </p>
      )
  }
}

const ONE_PIECE = { pieces: [], pieceCount: 0, closed: true } as const

function isList(token: Token): token is Tokens.List {
  return token.type === 'list'
}

function isTable(token: Token): token is Tokens.Table {
  return token.type === 'table'
}

function blockElements(tokens: readonly Token[], place: Place): ComponentChildren {
  return tokens.map((token) => blockElement(token, place))
}

/** Below the conversation's own headings: an answer's first level is the third of the page. */
function headingElement(
  depth: number,
  tokens: readonly Token[] | undefined,
  dir: BlockDirection,
): ComponentChildren {
  const inside = inlineChildren(tokens)
  switch (depth) {
    case 1:
      return <h3 dir={dir}>{inside}</h3>
    case 2:
      return <h4 dir={dir}>{inside}</h4>
    case 3:
      return <h5 dir={dir}>{inside}</h5>
    default:
      return <h6 dir={dir}>{inside}</h6>
  }
}

function listElement(token: Tokens.List, { depth, dir }: Place): ComponentChildren {
  const items = token.items.map((item) => <Item item={item} depth={depth} dir={dir} />)
  if (!token.ordered) return <ul>{items}</ul>
  return <ol start={typeof token.start === 'number' ? token.start : 1}>{items}</ol>
}

/** Rendered again only when the item is another object: see `keepAlike`. */
const Item = memo(({ item, depth, dir }: Place & { item: Tokens.ListItem }) => (
  <li class={item.task ? 'md-task' : undefined} dir={dir}>
    {blockElements(item.tokens, { depth: depth + 1, dir })}
  </li>
))

/** Scrolls by itself where it is wider than the panel. */
function tableElement(token: Tokens.Table, dir: BlockDirection): ComponentChildren {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div class="md-table" tabIndex={0}>
      <table>
        <thead>
          <Row cells={token.header} of="th" dir={dir} />
        </thead>
        <tbody>
          {token.rows.map((cells) => (
            <Row cells={cells} of="td" dir={dir} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface RowProps {
  readonly cells: readonly Tokens.TableCell[]
  readonly of: 'th' | 'td'
  readonly dir: BlockDirection
}

/** Rendered again only when the row is another object: see `keepAlike`. */
const Row = memo(({ cells, of: Cell, dir }: RowProps) => (
  <tr>
    {cells.map((cell) => (
      <Cell class={cell.align ? `md-${cell.align}` : undefined} dir={dir}>
        {inlineChildren(cell.tokens)}
      </Cell>
    ))}
  </tr>
))
