import { ChatError } from '../domain/errors.ts'
import { type Principal, parsePrincipal } from '../domain/principal.ts'

/** Reads an origin or 'panel' from a screen. Throws ChatError 'invalid-body'. */
export function requirePrincipal(value: unknown): Principal {
  const principal = parsePrincipal(value)
  if (principal === undefined) throw new ChatError('invalid-body', { field: 'principal' })
  return principal
}
