/** The words of an inert document, with its paragraphs, headings and lists as lines. */

const BLOCKS = new Set(
  'ADDRESS ARTICLE ASIDE BLOCKQUOTE DD DETAILS DIV DL DT FIGCAPTION FIGURE FOOTER H1 H2 H3 H4 H5 H6 HEADER HR LI MAIN NAV OL P PRE SECTION SUMMARY TABLE TR UL'.split(
    ' ',
  ),
)
/** Blocks that follow each other line by line. */
const LINES = new Set(['LI', 'TR', 'DT', 'DD'])
/** What a person typed or may type, and what is no text. */
const LEFT_OUT = new Set(
  'BUTTON DATALIST FORM INPUT OPTION OUTPUT SCRIPT SELECT STYLE TEMPLATE TEXTAREA NOSCRIPT IFRAME OBJECT SVG'.split(
    ' ',
  ),
)

/** Reads without recursion, so that no nesting is too deep. */
export function blockText(root: Node): string {
  const parts: string[] = []
  const walker: { node: Node | null; leaving: boolean } = { node: root, leaving: false }
  while (walker.node) {
    const { node, leaving } = walker
    if (!leaving && enter(node, parts)) {
      walker.node = node.firstChild
      continue
    }
    if (!isLeftOut(node)) leave(node, parts)
    if (node === root) break
    walker.leaving = node.nextSibling === null
    walker.node = node.nextSibling ?? node.parentNode
  }
  return tidy(parts.join(''))
}

/** True where there is something inside to read. */
function enter(node: Node, parts: string[]): boolean {
  if (node.nodeType === 3) {
    const text = node.nodeValue ?? ''
    parts.push(isPreformatted(node) ? text : text.replace(/\s+/g, ' '))
    return false
  }
  if (isLeftOut(node)) return false
  if (node.nodeName === 'BR') parts.push('\n')
  if (BLOCKS.has(node.nodeName)) parts.push('\n')
  const heading = /^H([1-6])$/.exec(node.nodeName)
  if (heading) parts.push('\n', '#'.repeat(Number(heading[1])), ' ')
  if (node.nodeName === 'LI') parts.push('- ')
  if (node.nodeName === 'TD' || node.nodeName === 'TH') parts.push(' ')
  return node.firstChild !== null
}

function leave(node: Node, parts: string[]): void {
  if (BLOCKS.has(node.nodeName) && !LINES.has(node.nodeName)) parts.push('\n')
  if (node.nodeName === 'P' || /^H[1-6]$/.test(node.nodeName)) parts.push('\n')
  if (node.nodeName === 'TD' || node.nodeName === 'TH') parts.push(' |')
}

function isLeftOut(node: Node): boolean {
  if (LEFT_OUT.has(node.nodeName.toUpperCase())) return true
  return (
    node instanceof Element && /^(?:|true|plaintext-only)$/.test(node.getAttribute('contenteditable') ?? 'no')
  )
}

function isPreformatted(node: Node): boolean {
  return node.parentElement?.closest('pre') != null
}

function tidy(text: string): string {
  return text
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n[ \t]+(?=\S)/g, (match) => (match.length > 3 ? match : '\n'))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
