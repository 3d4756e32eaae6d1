/** Who asks, in the parts that a person must tell apart. */
import { parse } from 'tldts'

export interface OriginParts {
  /** Scheme, where it is not https, and subdomains. */
  readonly before: string
  /** The registrable domain, or the host where there is none: who answers for the site. */
  readonly domain: string
  /** The port, where there is one. */
  readonly after: string
  /** Host as the browser gives it has labels in punycode: letters of other scripts. */
  readonly punycode: boolean
}

/** Splits a serialised origin. Private suffixes count: `a.github.io` is not `b.github.io`. */
export function originParts(origin: string): OriginParts {
  const known = parts.get(origin)
  if (known) return known
  const split = splitOrigin(origin)
  if (parts.size >= MAX_KNOWN) parts.clear()
  parts.set(origin, split)
  return split
}

/** Lists show the same few origins over and over. */
const parts = new Map<string, OriginParts>()
const MAX_KNOWN = 500

function splitOrigin(origin: string): OriginParts {
  const match = /^(https?:\/\/)(\[[^\]]*\]|[^:/]*)(:\d+)?$/.exec(origin)
  const [, scheme = '', host = origin, port = ''] = match ?? []
  const domain = parse(host, { allowPrivateDomains: true }).domain ?? host
  const subdomains = host.endsWith(domain) ? host.slice(0, host.length - domain.length) : ''
  return {
    before: `${scheme === 'https://' ? '' : scheme}${subdomains}`,
    domain: subdomains === '' ? host : domain,
    after: port,
    punycode: /(^|\.)xn--/i.test(host),
  }
}
