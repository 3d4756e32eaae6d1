/** Where a link of a model may lead: web pages, and nothing else. */
import { decodeEntities } from './decode-entities.ts'

export interface SafeLink {
  readonly href: string
  /** In ASCII: letters of other scripts as punycode, so that look-alikes can be told apart. */
  readonly host: string
}

/** Reads a link's destination; null for anything but http and https with a host and without credentials. */
export function safeLink(destination: string): SafeLink | null {
  const text = decodeEntities(destination)
  if (text.length > 4000 || !/^https?:\/\//i.test(text)) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url || !/^https?:$/.test(url.protocol) || url.host === '') return null
  if (url.username !== '' || url.password !== '') return null
  return { href: url.href, host: url.host }
}
