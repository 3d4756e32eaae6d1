import type { Ask } from './inference.ts'

/** Of what a caller asks for: the books keep it with each request. */
export function hashAsk({ body, settlement }: Pick<Ask, 'body' | 'settlement'>): Promise<string> {
  return hashBody({ body, settlement })
}

/** sha-256 of a body in canonical JSON (keys sorted by code unit), hex: tells one request's repeat from another request. */
export async function hashBody(body: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(canonicalJson(body))
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null)).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined)
    entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}
