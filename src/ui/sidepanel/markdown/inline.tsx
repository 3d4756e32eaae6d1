/** Inline tokens as elements. HTML, images and formulas stay text; links lead to web pages only and show where. */
import type { Token } from 'marked'
import type { ComponentChildren } from 'preact'
import { t } from '../../words.ts'
import { decodeEntities } from './decode-entities.ts'
import { safeLink } from './safe-link.ts'

/** Emphasis inside emphasis, and so on, beyond this is shown as written. */
const MAX_DEPTH = 12

/** Plain calls, no components: an answer has thousands of these. */
export function inlineChildren(tokens: readonly Token[] = [], depth = 0): ComponentChildren[] {
  return tokens.map((token) => inlineChild(token, depth))
}

function inlineChild(token: Token, depth: number): ComponentChildren {
  if (depth > MAX_DEPTH) return token.raw
  switch (token.type) {
    case 'text':
      return token.tokens ? inlineChildren(token.tokens, depth) : decodeEntities(token.text)
    case 'escape':
      return token.text
    case 'strong':
      return <strong>{inlineChildren(token.tokens, depth + 1)}</strong>
    case 'em':
      return <em>{inlineChildren(token.tokens, depth + 1)}</em>
    case 'del':
      return <del>{inlineChildren(token.tokens, depth + 1)}</del>
    case 'codespan':
      return <code>{token.text}</code>
    case 'br':
      return <br />
    case 'checkbox':
      return <span>{token.checked ? t('chat.markdown.done') : t('chat.markdown.open')} </span>
    case 'link':
      return link(token.href, inlineChildren(token.tokens, depth + 1))
    case 'image':
      return link(
        token.href,
        t('chat.markdown.image', { alt: decodeEntities(token.text) || t('chat.markdown.noAlt') }),
      )
    case 'math':
      return <span class="md-math">{token.text}</span>
    default:
      return token.raw
  }
}

/** The words, and in brackets the host that a click leads to. A destination that is no web page is only text. */
function link(destination: string, words: ComponentChildren): ComponentChildren {
  const safe = safeLink(destination)
  if (!safe) return <span class="md-no-link">{words}</span>
  return (
    <a href={safe.href} target="_blank" rel="noreferrer noopener" class="md-link">
      {words}
      <bdi class="md-host" dir="ltr">
        {` (${safe.host})`}
      </bdi>
    </a>
  )
}
