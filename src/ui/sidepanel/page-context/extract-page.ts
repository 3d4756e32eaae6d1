/** From the bridge's HTML to the text that will be sent: parsed in a document in which nothing runs or loads. */
import { MAX_MESSAGE_CHARACTERS } from '../../../protocol/chat-protocol.ts'
import type { Attachment, SelectedText } from '../../../protocol/chat-views.ts'
import type { PageRead } from '../../../protocol/ui-protocol.ts'
import { blockText } from './block-text.ts'

/** Characters of one page that are sent at most: some 30,000 tokens. */
const MAX_TEXT = Math.min(120_000, MAX_MESSAGE_CHARACTERS)
/** An article shorter than this, beside a page much longer, is not the page's text. */
const MIN_ARTICLE = 200
/** Of a page with more elements the article is not looked for: that would take too long. */
const MAX_ELEMENTS = 50_000

type ReadablePage = Extract<PageRead, { kind: 'read' }>

/** Null where no text is left. The library that finds the article is loaded with the first page. */
export async function extractPage(
  page: ReadablePage,
  { id, kind }: Pick<Attachment, 'id' | 'kind'>,
): Promise<Attachment | null> {
  const text = kind === 'page' ? await articleText(page) : textOf(page.html)
  return makeAttachment({ ...page, text }, { id, kind })
}

/** What the browser told of a selection that could not be read with its structure: in a frame, in a PDF. */
export function fromMenu(selection: SelectedText, id: string): Attachment | null {
  return makeAttachment(
    { ...selection, text: selection.text.trim(), truncated: false },
    { id, kind: 'selection' },
  )
}

function makeAttachment(
  page: Pick<Attachment, 'title' | 'url' | 'text' | 'truncated'>,
  { id, kind }: Pick<Attachment, 'id' | 'kind'>,
): Attachment | null {
  if (page.text === '') return null
  return {
    id,
    kind,
    title: plain(page.title).slice(0, 300) || hostOf(page.url),
    url: page.url.slice(0, 2000),
    text: page.text.slice(0, MAX_TEXT),
    truncated: page.truncated || page.text.length > MAX_TEXT,
  }
}

/** The host of a page's address, as shown on its chip. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : ''
}

async function articleText({ html }: ReadablePage): Promise<string> {
  const document = parse(html)
  if (document.getElementsByTagName('*').length > MAX_ELEMENTS) return textOf(html)
  const { Readability } = await import('@mozilla/readability')
  const article = new Readability(document).parse()
  const found = article?.content ? textOf(article.content) : ''
  return found.length >= MIN_ARTICLE ? found : textOf(html)
}

function textOf(html: string): string {
  return blockText(parse(html).body)
}

function parse(html: string): Document {
  return new DOMParser().parseFromString(html, 'text/html')
}

function plain(text: string): string {
  return text.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
}
