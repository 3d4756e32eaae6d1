import { ChatError } from '../../domain/errors.ts'
import { isLoopbackHost } from '../../domain/principal.ts'

/**
 * A base URL as a person types it, in the form that is stored: as OpenAI's clients take it (`https://host/v1`), without
 * `/chat/completions`, query or trailing slash. Throws ChatError 'invalid-body'; plain http only for loopback where that is allowed.
 */
export function parseBaseUrl(text: string, options: { readonly allowLoopback: boolean }): string {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined
  if (!url) throw refused('not-a-url')
  const isLoopback = isLoopbackHost(url.hostname)
  if (url.protocol !== 'https:' && !(options.allowLoopback && isLoopback && url.protocol === 'http:')) {
    throw refused('not-https')
  }
  if (isLoopback && !options.allowLoopback) throw refused('loopback')
  if (url.username !== '' || url.password !== '') throw refused('credentials')
  const path = url.pathname.replace(/\/+$/, '').replace(/\/(chat\/)?completions$/, '')
  return `${url.origin}${path}`
}

function refused(problem: string): ChatError {
  return new ChatError('invalid-body', { field: 'baseUrl', problem })
}
