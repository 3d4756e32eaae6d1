/** Who spends: one web origin, or the extension's own side panel. */

/** A serialised web origin (`https://example.com:8443`), as the browser reports it. */
export type Origin = string & { readonly __brand: 'Origin' }

/** The side panel's own principal; no origin can be spelled like this. */
export const PANEL = 'panel'

export type Principal = Origin | typeof PANEL

/**
 * Reads the origin that the browser gave for a sender. Undefined where it may not have the API: opaque (`null`),
 * `file:`, `data:`, insecure ones but loopback. A trailing dot, a port or a scheme makes another origin.
 */
export function parseOrigin(value: unknown): Origin | undefined {
  if (typeof value !== 'string' || value.length > 300) return undefined
  const match = /^(https?):\/\/(\[[0-9a-f:.]+\]|[^/?#@\s:]+)(?::([0-9]{1,5}))?$/.exec(value)
  if (!match) return undefined
  const [, scheme, host = ''] = match
  if (scheme === 'http' && !isLoopbackHost(host)) return undefined
  return value as Origin
}

/** Reads a stored or transported principal. */
export function parsePrincipal(value: unknown): Principal | undefined {
  return value === PANEL ? PANEL : parseOrigin(value)
}

/** Hosts that browsers treat as potentially trustworthy over plain http (W3C Secure Contexts 3.1). */
export function isLoopbackHost(host: string): boolean {
  return (
    host === 'localhost' ||
    host.endsWith('.localhost') ||
    host === '[::1]' ||
    /^127(\.\d{1,3}){3}$/.test(host)
  )
}
