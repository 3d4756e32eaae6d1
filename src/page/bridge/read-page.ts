import type { ReadPageReply, ReadPageRequest } from '../../protocol/page-messages.ts'

/** Characters of HTML that are handed over at most. */
const MAX_HTML = 1024 * 1024
/** Nothing to read in them, or what a person typed. */
const LEFT_OUT =
  'script,style,noscript,template,iframe,object,embed,svg,canvas,video,audio,link,meta,input,textarea,select,datalist,output,[contenteditable]:not([contenteditable=false]),[hidden]'
const KEPT_ATTRIBUTES = ['id', 'class', 'href', 'alt', 'lang', 'dir', 'role', 'colspan', 'rowspan']

/** The page, or what is selected in it, as bare HTML: no scripts, no form fields, no attributes beyond what readers need. */
export function readPage(what: ReadPageRequest['readPage']): ReadPageReply {
  // In a document of its own nothing is loaded and no custom element wakes up.
  const inert = document.implementation.createHTMLDocument('')
  const root = inert.body
  for (const node of what === 'page' ? (document.body?.childNodes ?? []) : selected())
    root.append(inert.importNode(node, true))
  for (const element of root.querySelectorAll(LEFT_OUT)) element.remove()
  for (const element of root.querySelectorAll('*')) {
    for (const name of element.getAttributeNames())
      if (!KEPT_ATTRIBUTES.includes(name)) element.removeAttribute(name)
  }
  const html = root.innerHTML
  return {
    title: document.title,
    url: location.href,
    html: html.slice(0, MAX_HTML),
    truncated: html.length > MAX_HTML,
  }
}

function selected(): readonly Node[] {
  const selection = getSelection()
  if (!selection || selection.rangeCount === 0) return []
  const range = selection.getRangeAt(0)
  const { commonAncestorContainer: around } = range
  const element = around instanceof Element ? around : around.parentElement
  return element instanceof HTMLElement && element.isContentEditable ? [] : [range.cloneContents()]
}
