/** Addresses of servers that a person types. */
import { t } from '../words.ts'

export type ServerUrl =
  | { readonly kind: 'ok'; readonly url: string }
  | { readonly kind: 'wrong'; readonly error: string }

/**
 * Reads an address: https, without name and password. Plain http is left to the background, which takes it for this
 * computer in a lab build only. Query, fragment and trailing slashes go.
 */
export function parseServerUrl(text: string): ServerUrl {
  const typed = text.trim()
  const whole = /^[a-z][a-z0-9+.-]*:\/\//i.test(typed) ? typed : `https://${typed}`
  if (typed === '' || !URL.canParse(whole)) return wrong(t('problems.notAUrl'))
  const url = new URL(whole)
  const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname)
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && loopback))
    return wrong(t('problems.notHttps'))
  if (!loopback && !url.hostname.includes('.')) return wrong(t('problems.notAUrl'))
  if (url.username !== '' || url.password !== '') return wrong(t('problems.credentials'))
  return { kind: 'ok', url: `${url.origin}${url.pathname.replace(/\/+$/, '')}${url.search}` }
}

/** A gateway's base address: as above, and without the path of a call. */
export function parseBaseUrl(text: string): ServerUrl {
  const parsed = parseServerUrl(text)
  if (parsed.kind === 'wrong') return parsed
  const { origin, pathname } = new URL(parsed.url)
  return {
    kind: 'ok',
    url: `${origin}${pathname.replace(/\/+$/, '').replace(/\/(chat\/)?completions$/, '')}`,
  }
}

/** Origins of `before` that nothing uses any more. */
export function droppedOrigins(before: readonly string[], inUse: readonly string[]): readonly string[] {
  const used = new Set(inUse.map((url) => new URL(url).origin))
  return [...new Set(before.map((url) => new URL(url).origin))].filter((origin) => !used.has(origin))
}

function wrong(error: string): ServerUrl {
  return { kind: 'wrong', error }
}
