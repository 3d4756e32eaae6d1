/**
 * What stands below these elements although no answer may become it. Runs in a real page too, so it needs nothing from
 * outside itself.
 */
export function forbiddenIn(roots: readonly Element[]): readonly string[] {
  /** Every element that an answer may become; the last row is the button that copies code, with its icon. */
  const allowed = new Set(
    `div p h3 h4 h5 h6 ul ol li blockquote pre code table thead tbody tr th td hr br strong em del a span bdi
     button svg path rect`.split(/\s+/),
  )
  const attributes = new Set(
    `class dir start tabindex href target rel type title aria-label aria-live aria-hidden
     xmlns width height viewBox fill stroke stroke-width stroke-linecap stroke-linejoin d x y rx ry`.split(
      /\s+/,
    ),
  )
  const faultOf = (element: Element, attribute: string): string | null => {
    const name = element.localName
    const value = element.getAttribute(attribute) ?? ''
    if (!attributes.has(attribute)) return `${name}[${attribute}]`
    if (attribute === 'href')
      return name === 'a' && /^https?:\/\/[^/@]+(\/|$)/.test(value) ? null : `${name} to ${value}`
    const loads = attribute !== 'xmlns' && /javascript:|https?:|url\(/i.test(value)
    return loads ? `${name}[${attribute}=${value}]` : null
  }
  return roots
    .flatMap((root) => [...root.querySelectorAll('*')])
    .flatMap((element) => {
      const name = element.localName
      const drawn = ['svg', 'path', 'rect'].includes(name) && !element.closest('.icon')
      const faults = element.getAttributeNames().flatMap((attribute) => faultOf(element, attribute) ?? [])
      return [...(allowed.has(name) && !drawn ? [] : [name]), ...faults]
    })
}
