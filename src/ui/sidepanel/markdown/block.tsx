/** One block of an answer as elements: a fixed set of them, nothing remote, no HTML. */
import type { Token, Tokens } from 'marked'
import type { ComponentChildren } from 'preact'
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
  const element = blockElement(block.token, 0)
  return block.token.raw.length > LARGE ? <div class="md-large">{element}</div> : element
})

function blockElement(token: Token, depth: number): ComponentChildren {
  if (depth > MAX_DEPTH) return <p dir="auto">{token.raw}</p>
  if (isList(token)) return listElement(token, depth)
  if (isTable(token)) return tableElement(token)
  switch (token.type) {
    case 'space':
    case 'def':
      return null
    case 'hr':
      return <hr />
    case 'heading':
      return headingElement(token.depth, token.tokens)
    case 'paragraph':
      return <p dir="auto">{inlineChildren(token.tokens)}</p>
    case 'text':
      return inlineChildren(token.tokens ?? [token])
    case 'blockquote':
      return <blockquote dir="auto">{blockElements(token.tokens ?? [], depth + 1)}</blockquote>
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
        <p class="md-raw" dir="auto">
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

function blockElements(tokens: readonly Token[], depth: number): ComponentChildren {
  return tokens.map((token) => blockElement(token, depth))
}

/** Below the conversation's own headings: an answer's first level is the third of the page. */
function headingElement(depth: number, tokens: readonly Token[] | undefined): ComponentChildren {
  const inside = inlineChildren(tokens)
  switch (depth) {
    case 1:
      return <h3 dir="auto">{inside}</h3>
    case 2:
      return <h4 dir="auto">{inside}</h4>
    case 3:
      return <h5 dir="auto">{inside}</h5>
    default:
      return <h6 dir="auto">{inside}</h6>
  }
}

function listElement(token: Tokens.List, depth: number): ComponentChildren {
  const items = token.items.map((item) => <Item item={item} depth={depth} />)
  if (!token.ordered) return <ul>{items}</ul>
  return <ol start={typeof token.start === 'number' ? token.start : 1}>{items}</ol>
}

/** Rendered again only when the item is another object: see `keepAlike`. */
const Item = memo(({ item, depth }: { item: Tokens.ListItem; depth: number }) => (
  <li class={item.task ? 'md-task' : undefined} dir="auto">
    {blockElements(item.tokens, depth + 1)}
  </li>
))

/** Scrolls by itself where it is wider than the panel. */
function tableElement(token: Tokens.Table): ComponentChildren {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div class="md-table" tabIndex={0}>
      <table>
        <thead>
          <Row cells={token.header} of="th" />
        </thead>
        <tbody>
          {token.rows.map((cells) => (
            <Row cells={cells} of="td" />
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Rendered again only when the row is another object: see `keepAlike`. */
const Row = memo(({ cells, of: Cell }: { cells: readonly Tokens.TableCell[]; of: 'th' | 'td' }) => (
  <tr>
    {cells.map((cell) => (
      <Cell class={cell.align ? `md-${cell.align}` : undefined} dir="auto">
        {inlineChildren(cell.tokens)}
      </Cell>
    ))}
  </tr>
))
